using Outrider.Api.Auth;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What callers may do with channels, the same for every front door. Nobody is shown what is secret in one.</summary>
public sealed class ChannelOperations(IGrains grains, IAlertStore store, INotifier notifier, Auditor audit, TimeProvider time)
{
    public async Task<Outcome<ChannelList>> ListAsync(Caller caller)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        return new ChannelList([.. (await ReadSettingsAsync(caller)).Channels.Select(channel => ChannelView.Of(channel))]);
    }

    /// <summary>One channel and how it is doing.</summary>
    public async Task<Outcome<ChannelView>> GetAsync(Caller caller, string name)
    {
        var found = await FindAsync(caller, name);
        return found.Ok
            ? ChannelView.Of(found.Value, await grains.Get<IChannel>(GrainKeys.Join(caller.Tenant, name)).GetHealthAsync())
            : found.Problem;
    }

    /// <summary>Makes a channel, or replaces it. What comes as <see cref="ChannelMask.Hidden"/> stays as it was.</summary>
    public async Task<Outcome<ChannelView>> SetAsync(Caller caller, string name, ChannelView channel, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.ChannelsManage) is { } problem)
            return problem;
        if (!RuleNames.IsId(name))
            return TenantRules.Invalid($"'{TenantRules.Short(name)}' can't be a channel's name: it has {RuleNames.Rule}.");
        if (channel.Name is { } own && own != name)
        {
            return TenantRules.Invalid(
                $"The address names the channel '{name}' and the body '{TenantRules.Short(own)}'. A name can't be changed; leave it out.");
        }
        if (channel.Type is not { } type)
            return TenantRules.Invalid("type is missing: webhook, dingtalk, wechat_work, feishu, slack or email.");
        var stored = (await ReadSettingsAsync(caller)).Channels.FirstOrDefault(one => one.Name == name);
        var restored = ChannelMask.Restore(channel.ToDefinition(name, type), stored);
        return restored.Ok ? await SaveAsync(caller, restored.Value, cancellation) : restored.Problem;
    }

    /// <summary>Deletes a channel; what waits in it is dropped.</summary>
    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string name, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.ChannelsManage) is { } problem)
            return problem;
        var deleted = await grains.Get<IAlertSettings>(caller.Tenant).DeleteChannelAsync(name);
        await audit.RecordAsync(caller, "channel.delete", TenantRules.Short(name), deleted.Problem, detail: null, cancellation);
        return deleted;
    }

    /// <summary>Sends a message of no alert through a channel, once and at once, and says what came of it.</summary>
    public async Task<Outcome<DeliveryResult>> TestAsync(Caller caller, string name, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.ChannelsTest) is { } problem)
            return problem;
        var found = await FindAsync(caller, name);
        var result = found.Ok
            ? await ChannelTest.SendAsync(caller.Tenant, found.Value, grains, notifier, time.GetUtcNow(), cancellation)
            : null;
        await audit.RecordAsync(caller, "channel.test", TenantRules.Short(name), found.Problem, result?.Detail, cancellation);
        return result is null ? found.Problem! : result;
    }

    /// <summary>What was sent through a channel, and what waits; newest first.</summary>
    public async Task<Outcome<NotificationPage>> NotificationsAsync(
        Caller caller, string name, string? after, int limit, CancellationToken cancellation)
    {
        var found = await FindAsync(caller, name);
        return found.Ok ? await NotificationReads.PageAsync(store, caller.Tenant, name, null, after, limit, cancellation) : found.Problem;
    }

    /// <summary>A channel as it is kept; <c>channel_not_found</c>.</summary>
    internal async Task<Outcome<ChannelDefinition>> FindAsync(Caller caller, string name)
    {
        if (Permissions.Require(caller, Permission.AlertsRead) is { } problem)
            return problem;
        return (await ReadSettingsAsync(caller)).Channels.FirstOrDefault(one => one.Name == name) is { } found ? found : Unknown(name);
    }

    /// <summary>Saves a channel and notes it in the audit store. For an admin.</summary>
    internal async Task<Outcome<ChannelView>> SaveAsync(Caller caller, ChannelDefinition channel, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.ChannelsManage) is { } problem)
            return problem;
        var saved = await grains.Get<IAlertSettings>(caller.Tenant).SetChannelAsync(channel, mustBe: null);
        await audit.RecordAsync(caller, "channel.set", channel.Name, saved.Problem, $"{channel.Type}", cancellation);
        return saved.Ok ? ChannelView.Of(saved.Value) : saved.Problem;
    }

    private async Task<AlertSettingsView> ReadSettingsAsync(Caller caller) => (await grains.Get<IAlertSettings>(caller.Tenant).GetAsync(0))!;

    private static Problem Unknown(string name) =>
        new(ProblemCodes.ChannelNotFound, $"There is no channel '{TenantRules.Short(name)}'. GET /api/v1/channels lists them.");
}
