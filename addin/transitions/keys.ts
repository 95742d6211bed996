/** Access keys: the county's list, those that are shown only once, and the one in use. */
import type { KeyInfo, Me } from '../../domain/protocol.ts'
import type { IssuedKeys, LostKeys, State } from '../state.ts'

export type KeysAction =
  | { type: 'keysPulled'; keys: KeyInfo[] }
  | { type: 'keysIssued'; issued: Omit<IssuedKeys, 'saved'> }
  | { type: 'keysSaved' }
  | { type: 'keysKept' }
  | { type: 'keysLost'; lost: LostKeys | undefined }
  | { type: 'ownKeyReplaced'; key: Me['key'] }
  | { type: 'ownKeyUnsure'; ownKey: NonNullable<State['ownKey']> }

/** What an action changes of the access keys in sight. */
export function changeKeys(state: State, action: KeysAction): State {
  switch (action.type) {
    case 'keysPulled':
      return { ...state, keys: action.keys }
    case 'keysIssued':
      return { ...state, issuedKeys: { ...action.issued, saved: 0 }, lostKeys: undefined, screen: 'issuedKeys' }
    case 'keysSaved':
      return state.issuedKeys
        ? { ...state, issuedKeys: { ...state.issuedKeys, saved: state.issuedKeys.saved + 1 } }
        : state
    case 'keysKept': {
      const screen = !state.me ? 'signIn' : state.issuedKeys?.own ? 'home' : state.plan ? 'keys' : 'home'
      return { ...state, issuedKeys: undefined, notice: undefined, screen }
    }
    case 'keysLost':
      return { ...state, lostKeys: action.lost }
    case 'ownKeyReplaced':
      return { ...state, me: state.me && { ...state.me, key: action.key }, ownKey: undefined }
    case 'ownKeyUnsure':
      return { ...state, ownKey: action.ownKey }
  }
}
