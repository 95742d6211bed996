/** Cron: seals the record at random moments, two at a time and each with its own faults. */
import type { Random } from './random.ts'
import type { World } from './world.ts'

export class Sealer {
  private readonly world: World
  private readonly who: string
  private readonly random: Random

  constructor(world: World, who: string) {
    this.world = world
    this.who = who
    this.random = world.random.fork(who)
  }

  /** Runs the scheduled handler so many times. */
  async work(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      await this.world.scheduler.turn(5 + this.random.int(60))
      await this.world.seal(this.who)
    }
  }
}
