/**
 * Seed folders from disk, for the commands and tests that run in Node. seeds/load.ts stays free of
 * the disk.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { PlanFile } from '../domain/protocol.ts'
import { type SeedFiles, toPlanFile } from '../seeds/load.ts'

const ROOT = fileURLToPath(new URL('../seeds/', import.meta.url))

/** Ids of the plans that the repository brings along; each is a folder of seeds/. */
export const SEEDS = ['fengjie-2023', 'chengkou-2023'] as const

/**
 * Plan of a seed folder.
 * @param folder path of a folder, or the id of a plan in SEEDS.
 * @throws SeedError where the seed is wrong; the file system's error where a file is missing.
 */
export async function readSeed(folder: string): Promise<PlanFile> {
  const directory = SEEDS.some((id) => id === folder) ? `${ROOT}${folder}` : folder
  const [plan, units, rows] = await Promise.all(
    ['plan', 'units', 'rows'].map(async (part) => JSON.parse(await readFile(`${directory}/${part}.json`, 'utf8'))),
  )
  const files: SeedFiles = { plan, units, rows }
  return toPlanFile(files)
}
