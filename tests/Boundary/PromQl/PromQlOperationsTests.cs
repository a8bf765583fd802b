using Outrider.Api.Operations;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Metrics;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.PromQl;

public sealed class PromQlOperationsTests
{
    private static readonly Caller s_caller = new("acme", "key-1", Role.Viewer);

    [Fact]
    public async Task Query_AllPlacesTaken_WaitsWithinItsOwnTime()
    {
        var (time, held, begun) = (new FakeTime(), new TaskCompletionSource(), 0);
        using var operations = new PromQlOperations(new MemoryMetricStore { Before = Before }, time);
        var running = Enumerable.Range(0, PromQlOperations.MaxAtOnce).Select(_ => QueryAsync(20)).ToList();
        Assert.Equal(PromQlOperations.MaxAtOnce, begun);
        var impatient = QueryAsync(5);
        var patient = QueryAsync(20);
        Assert.Equal(PromQlOperations.MaxAtOnce, begun);

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(ProblemCodes.TimedOut, (await impatient).Problem?.Code);
        held.SetResult();
        Assert.All(await Task.WhenAll([.. running, patient]), answer => Assert.True(answer.Ok));
        Assert.Equal(PromQlOperations.MaxAtOnce + 1, begun);

        Task<Outcome<QueryValue>> QueryAsync(int seconds) =>
            operations.QueryAsync(s_caller, "up", QuerySteps.Once(0), isRange: false, TimeSpan.FromSeconds(seconds), default);

        Task Before()
        {
            begun++;
            return held.Task;
        }
    }
}
