using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Link;

namespace Outrider.Tests.Pure.Link;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Next_FullJitter_GrowsFromOneToSixtySeconds(int failures, int seconds)
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
