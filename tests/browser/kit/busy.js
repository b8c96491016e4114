// What a page's main thread computes, in its own time: waiting, and others on the processor, do not count.

// While `act` goes on. `session` is the page's, for Chromium's protocol.
export async function busy_ms(session, act) {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find((one) => one.name === 'TaskDuration').value;
  };
  const before = await busy();
  await act();
  return (await busy()) - before;
}
