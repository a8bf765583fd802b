using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Agent;

public sealed class TaskQueueTests
{
    private readonly TaskQueue _queue = new(running: 4, perDatabase: 2);
    private long _arrivals;

    [Fact]
    public void Take_SeveralPriorities_GivesTheHighestFirstAndThoseInTheOrderOfArrival()
    {
        foreach (var (name, priority) in new[] { ("a", 5), ("b", 10), ("c", 5), ("d", 1), ("e", 10) })
            Add(name, priority: priority);
        Assert.Equal(["b", "e", "a", "c", "d"], _queue.InOrder.Select(entry => entry.TaskId));
        Assert.Equal(["b", "e", "a", "c"], TakeAll());
        Assert.Equal((4, 1), (_queue.Running, _queue.Waiting));
    }

    [Theory]
    [InlineData("x", 5, 2)]
    [InlineData("x", 10, 0)]
    [InlineData("x", 7, 1)]
    [InlineData("x", 1, 3)]
    public void Add_BehindOthers_TellsHowManyGoBeforeIt(string name, int priority, int place)
    {
        Add("a", priority: 9);
        Add("b", priority: 5);
        Add("c", priority: 2);
        Assert.Equal(place, Add(name, priority: priority));
    }

    [Fact]
    public void Add_OneThatCameEarlier_GoesBeforeThoseThatCameLater()
    {
        var late = new TaskEntry("late", 1, "shell", 5, arrival: 2);
        var early = new TaskEntry("early", 1, "shell", 5, arrival: 1);
        Assert.Equal(0, _queue.Add(late));
        Assert.Equal(0, _queue.Add(early));
        Assert.Equal(["early", "late"], _queue.InOrder.Select(entry => entry.TaskId));
    }

    [Fact]
    public void Take_DatabaseTypeIsFull_LetsOthersPass()
    {
        foreach (var name in new[] { "m1", "m2", "m3" })
            Add(name, TaskTypes.MySql);
        Add("p1", TaskTypes.Postgres);
        Add("s1");
        Assert.Equal(["m1", "m2", "p1", "s1"], TakeAll());
        Assert.Equal(["m3"], _queue.InOrder.Select(entry => entry.TaskId));
    }

    [Fact]
    public void Release_OfAFullType_LetsItsNextRun()
    {
        var taken = new List<TaskEntry>();
        foreach (var name in new[] { "m1", "m2", "m3" })
            Add(name, TaskTypes.MySql);
        while (_queue.Take() is { } entry)
            taken.Add(entry);
        Assert.Equal(2, taken.Count);
        _queue.Release(taken[0]);
        Assert.Equal("m3", _queue.Take()?.TaskId);
        Assert.Null(_queue.Take());
    }

    [Fact]
    public void Remove_OneThatWaits_IsNotTaken()
    {
        Add("a");
        Add("b");
        var first = _queue.InOrder.First();
        Assert.True(_queue.Remove(first));
        Assert.False(_queue.Remove(first));
        Assert.Equal(["b"], TakeAll());
        Assert.Equal(0, _queue.Waiting);
    }

    private int Add(string name, string type = TaskTypes.Shell, int priority = 5) => _queue.Add(new TaskEntry(name, 1, type, priority, _arrivals++));

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_queue.Take() is { } entry)
            taken.Add(entry.TaskId);
        return taken;
    }
}
