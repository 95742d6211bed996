/**
 * Concurrency that can be had again: of all tasks that could go on, one is drawn from the seed, and it
 * alone runs until it waits for its next turn. The only places where others may come between are the
 * calls of `turn`: before each call of the database, and where a client or the network waits.
 */
import type { Random } from './random.ts'

type Task = { name: string; resume: () => void; skewDays: number }

export class Scheduler {
  /** Counts turns: the time of the history. */
  step = 0
  /** The task whose turn it is; `skewDays` is how far its clock is off. */
  current: Task = { name: 'nobody', resume: () => undefined, skewDays: 0 }
  private readonly random: Random
  private readonly ready: Task[] = []
  private readonly failures: unknown[] = []
  private endTurn: () => void = () => undefined

  constructor(random: Random) {
    this.random = random
  }

  /** Adds a task; it begins when it is drawn. */
  spawn(name: string, work: () => Promise<void>): void {
    const run = async () => {
      try {
        await work()
      } catch (error) {
        this.failures.push(error)
      }
      this.endTurn()
    }
    this.ready.push({ name, resume: () => void run(), skewDays: 0 })
  }

  /** Ends the turn of the running task; goes on when it has been drawn again so many times. */
  async turn(times = 1): Promise<void> {
    const task = this.current
    for (let i = 0; i < times; i++) {
      const drawn = new Promise<void>((resolve) => {
        task.resume = resolve
      })
      this.ready.push(task)
      this.endTurn()
      await drawn
    }
  }

  /** Runs until no task is left. Throws what the first failing task threw. */
  async run(): Promise<void> {
    while (this.ready.length > 0) {
      const [task] = this.ready.splice(this.random.int(this.ready.length), 1)
      const ended = new Promise<void>((resolve) => {
        this.endTurn = resolve
      })
      this.step++
      this.current = task!
      task!.resume()
      await ended
    }
    if (this.failures.length > 0) throw this.failures[0]
  }
}
