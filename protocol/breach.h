// Which rule an entry breaks.
#pragma once

namespace omzien::protocol {

enum class Breach {
  kNewerVersion,  // a kind or number this program does not know
  kOpening,       // Open where none belongs, or none where it does
  kAuthor,        // neither the owner nor a member with a live grant
  kPayload,       // a payload where none belongs
  kWithdrawn,     // nothing comes after a withdrawal or a purge

  kCompartment,  // the author does not hold it, or may not write in it
  kEpoch,        // not the compartment's newest, spent, or not started; or not the next to start
  kMilestone,    // only a member who holds `talk` sets one, in `talk`
  kDispute,      // only the owner, in `talk`, of a milestone that was not disputed yet
  kUrgent,       // only the owner

  kGrantor,     // neither the owner nor somebody the owner delegated to
  kGrantee,     // not in the directory, gone, or in already
  kCrowded,     // more than rules::kMembersPerCaseMax in one case
  kGrantKeys,   // epochs that do not exist, or that the grantor does not hold
  kHolder,      // two holders at once, or a mark that is not the grantor's to move
  kDormant,     // stands in for nobody who is in
  kDelegation,  // beyond the delegation's people, compartments or days; or none that can be given

  kRemaining,  // an epoch starts without somebody who holds the compartment, or with somebody else
  kOwnerKeys,  // what a member starts is sealed to the owner: all of it, and nothing else
  kNotes,      // only the holder starts an epoch of `notes`, for members who are in
  kReseal,     // not to another key of the member's own, or not what they hold
  kRevoke,     // of somebody who is not in; or without the next epoch of all that they held
  kPurge,      // by no rule of the directory, or before its day
  kRelease,    // of somebody else without a missed term, or with nobody to take over
};

}  // namespace omzien::protocol
