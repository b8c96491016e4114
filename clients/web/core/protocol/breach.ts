// Which rule an entry breaks.
export type Breach =
  | 'newer version' // a kind or number this program does not know
  | 'opening' // Open where none belongs, or none where it does
  | 'author' // neither the owner nor a member with a live grant
  | 'payload' // a payload where none belongs
  | 'withdrawn' // nothing comes after a withdrawal or a purge
  | 'compartment' // the author does not hold it, or may not write in it
  | 'epoch' // not the compartment's newest, spent, or not started; or not the next to start
  | 'milestone' // only a member who holds `talk` sets one, in `talk`
  | 'dispute' // only the owner, in `talk`, of a milestone that was not disputed yet
  | 'urgent' // only the owner
  | 'grantor' // neither the owner nor somebody the owner delegated to
  | 'grantee' // not in the directory, gone, or in already
  | 'crowded' // more than kMembersPerCaseMax in one case
  | 'grant keys' // epochs that do not exist, or that the grantor does not hold
  | 'holder' // two holders at once, or a mark that is not the grantor's to move
  | 'dormant' // stands in for nobody who is in
  | 'delegation' // beyond the delegation's people, compartments or days; or none that can be given
  | 'remaining' // an epoch starts without somebody who holds the compartment, or with somebody else
  | 'owner keys' // what a member starts is sealed to the owner: all of it, and nothing else
  | 'notes' // only the holder starts an epoch of `notes`, for members who are in
  | 'reseal' // not to another key of the member's own, or not what they hold
  | 'revoke' // of somebody who is not in; or without the next epoch of all that they held
  | 'purge' // by no rule of the directory, or before its day
  | 'release'; // of somebody else without a missed term, or with nobody to take over
