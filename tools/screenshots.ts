/**
 * `npm run screenshots`: makes the pictures of docs/images/ from the running product with the demo data, so that they
 * can be renewed whenever a screen changes. Needs dist/ (`npm run build`), Chromium, LibreOffice and pdftoppm.
 */
import { takeOfficePictures, takePlanPictures } from './screenshots/office.ts'
import { issueKey, openStudio } from './screenshots/studio.ts'
import { takeAnswerPictures, takeUnitPictures } from './screenshots/unit.ts'

const studio = await openStudio()
try {
  const key = await issueKey(studio, '县教委', '基础教育科')
  await takeUnitPictures(studio, key)
  await takeOfficePictures(studio)
  await takeAnswerPictures(studio, key)
  await takePlanPictures(studio)
} finally {
  await studio.close()
}
