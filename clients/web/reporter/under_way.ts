// Work that uses secrets, and the wiping that waits for it: what seals with a key that was wiped meanwhile seals with
// zeros, so for everybody.
export class UnderWay {
  private readonly going_ = new Set<Promise<unknown>>();

  during<T>(work: Promise<T>): Promise<T> {
    const going = work.finally(() => this.going_.delete(going));
    this.going_.add(going);
    return going;
  }
  // Now, or once all that is going now has ended.
  afterwards(wipe: () => void): void {
    if (this.going_.size === 0) return wipe();
    void Promise.allSettled([...this.going_]).then(wipe);
  }
}
