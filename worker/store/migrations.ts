/** Which migrations this version of the code needs: a Worker has no files to look them up in. */

/** The files of worker/migrations in their order; a test compares the two. */
export const MIGRATIONS: readonly string[] = [
  '0001_store.sql',
  '0002_keys.sql',
  '0003_changes.sql',
  '0004_seals.sql',
  '0005_drafts.sql',
  '0006_annotations.sql',
  '0007_review.sql',
]

/** Those that were not applied to the database, by wrangler's own record; all of them where it has none. */
export async function findMissingMigrations(db: D1Database): Promise<string[]> {
  try {
    const { results } = await db.prepare('SELECT name FROM d1_migrations').run<{ name: string }>()
    const applied = new Set(results.map(({ name }) => name))
    return MIGRATIONS.filter((name) => !applied.has(name))
  } catch (error) {
    if (String(error).includes('no such table: d1_migrations')) return [...MIGRATIONS]
    throw error
  }
}
