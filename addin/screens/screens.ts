/**
 * Every screen by the name that the state has for it. The three that come first are here with the pane; the others
 * are two parts that are fetched, so that neither a first visit nor a unit waits for what it does not use.
 */
import type { Screen } from '../state.ts'
import { HomeScreen } from './home.tsx'
import { onDemand, type ScreenComponent } from './on-demand.tsx'
import { PlansScreen } from './plans.tsx'
import { SignInScreen } from './sign-in.tsx'

type Work = typeof import('./work-screens.ts')
type Office = typeof import('./office-screens.ts')

const work = (pick: (screens: Work) => ScreenComponent) => onDemand(() => import('./work-screens.ts').then(pick))
const office = (pick: (screens: Office) => ScreenComponent) => onDemand(() => import('./office-screens.ts').then(pick))

export const SCREENS: Record<Screen, ScreenComponent & { prefetch?: () => Promise<void> }> = {
  signIn: SignInScreen,
  home: HomeScreen,
  plans: PlansScreen,
  recognise: work((screens) => screens.RecogniseScreen),
  check: work((screens) => screens.CheckScreen),
  targets: work((screens) => screens.TargetsScreen),
  submit: work((screens) => screens.SubmitScreen),
  pull: work((screens) => screens.PullScreen),
  receipt: work((screens) => screens.ReceiptScreen),
  outbox: work((screens) => screens.OutboxScreen),
  submissions: work((screens) => screens.SubmissionsScreen),
  conflicts: work((screens) => screens.ConflictsScreen),
  drafts: work((screens) => screens.DraftsScreen),
  draft: work((screens) => screens.DraftScreen),
  history: work((screens) => screens.HistoryScreen),
  ownKey: work((screens) => screens.OwnKeyScreen),
  // Here and not with the commission's: whoever has just been given a key must see it, whatever the network does.
  issuedKeys: work((screens) => screens.IssuedKeysScreen),
  desk: office((screens) => screens.DeskScreen),
  review: office((screens) => screens.ReviewScreen),
  suggestions: office((screens) => screens.SuggestionsScreen),
  held: office((screens) => screens.HeldScreen),
  blocked: office((screens) => screens.BlockedScreen),
  status: office((screens) => screens.StatusScreen),
  intake: office((screens) => screens.IntakeScreen),
  handOut: office((screens) => screens.HandOutScreen),
  master: office((screens) => screens.MasterScreen),
  spans: office((screens) => screens.SpansScreen),
  createPlan: office((screens) => screens.CreatePlanScreen),
  issue: office((screens) => screens.IssuePlanScreen),
  adjust: office((screens) => screens.AdjustScreen),
  archive: office((screens) => screens.ArchiveScreen),
  registry: office((screens) => screens.RegistryScreen),
  keys: office((screens) => screens.KeysScreen),
}

/** Fetches all that is not there yet, for the time without a network; what fails is fetched when it is opened. */
export async function prefetchScreens(): Promise<void> {
  await Promise.all(Object.values(SCREENS).map((screen) => screen.prefetch?.().catch(() => undefined)))
}
