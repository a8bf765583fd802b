using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Grains.Notifications;

/// <summary>Settings that tests change by hand.</summary>
internal sealed class FakeSettings(GrainContext context, FakeSettings.Content content) : Grain(context), IAlertSettings
{
    /// <summary>What stands behind the grain.</summary>
    internal sealed class Content
    {
        private AlertSettingsView _view = new(1, [], [], []);

        public Func<Task>? BeforeRead { get; set; }

        public AlertSettingsView View => _view;

        public void Set(params ChannelDefinition[] channels) => _view = _view with { Revision = _view.Revision + 1, Channels = channels };
    }

    public async Task<AlertSettingsView?> GetAsync(long known)
    {
        if (content.BeforeRead is { } before)
            await before();
        return known == content.View.Revision ? null : content.View;
    }

    public Task<Outcome<RuleDefinition>> SetRuleAsync(RuleDefinition rule, bool? mustBe) => throw new NotSupportedException();

    public Task<Outcome<Done>> DeleteRuleAsync(string rule) => throw new NotSupportedException();

    public Task<Outcome<Silence>> AddSilenceAsync(Silence silence) => throw new NotSupportedException();

    public Task<Outcome<Done>> DeleteSilenceAsync(string silence) => throw new NotSupportedException();

    /// <summary>As settings that wait for what they wake, which the real ones don't: that must not lock anything up.</summary>
    public async Task<Outcome<ChannelDefinition>> SetChannelAsync(ChannelDefinition channel, bool? mustBe)
    {
        content.Set(channel);
        await Context.Grains.Get<IChannel>(GrainKeys.Join(Key, channel.Name)).WakeAsync();
        return channel;
    }

    public Task<Outcome<Done>> DeleteChannelAsync(string channel) => throw new NotSupportedException();
}
