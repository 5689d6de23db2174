// A journey mostly waits for pages; three at once would wait for each other.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 2)]
