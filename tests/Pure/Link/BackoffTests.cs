using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Link;

namespace Outrider.Tests.Pure.Link;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1.5)]
    [InlineData(3, 2.25)]
    [InlineData(6, 7.59375)]
    [InlineData(12, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Next_FullJitter_GrowsFromOneToSixtySeconds(int failures, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Next(failures, 1));
        Assert.Equal(TimeSpan.FromSeconds(seconds / 2.0), Backoff.Next(failures, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Next(failures, 0));
    }

    [Fact]
    public void Next_AskedToWait_IsNeverSooner() => Prop.ForAll<int, PositiveInt, byte>((asked, failures, jitter) =>
    {
        var wait = Backoff.Next(failures.Get, jitter / 255.0, asked);
        return wait >= TimeSpan.FromSeconds(Math.Clamp(asked, 0, 600)) && wait <= TimeSpan.FromSeconds(601);
    }).QuickCheckThrowOnFailure();
}
