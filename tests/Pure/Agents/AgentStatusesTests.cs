using Outrider.Grains.Agents;

namespace Outrider.Tests.Pure.Agents;

public sealed class AgentStatusesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 0, AgentStatus.Online, 45)]
    [InlineData(true, 44, AgentStatus.Online, 1)]
    [InlineData(true, 45, AgentStatus.Degraded, 45)]
    [InlineData(true, 89, AgentStatus.Degraded, 1)]
    [InlineData(true, 90, AgentStatus.Offline, null)]
    [InlineData(false, 0, AgentStatus.Degraded, 90)]
    [InlineData(false, 89, AgentStatus.Degraded, 1)]
    [InlineData(false, 90, AgentStatus.Offline, null)]
    [InlineData(false, null, AgentStatus.Offline, null)]
    [InlineData(true, null, AgentStatus.Offline, null)]
    public void Of_LinkAndSilence_GivesStatusAndItsNextChange(bool connected, int? silence, AgentStatus status, int? next)
    {
        var seen = silence is { } seconds ? s_now.AddSeconds(-seconds) : (DateTimeOffset?)null;
        Assert.Equal(status, AgentStatuses.Of(connected, seen, s_now));
        Assert.Equal(next is { } due ? TimeSpan.FromSeconds(due) : null, AgentStatuses.NextChange(connected, seen, s_now));
    }
}
