using Outrider.Grains.Alerts;
using Outrider.Grains.Runtime;

namespace Outrider.Grains.Notifications;

/// <inheritdoc cref="IChannel"/>
/// <remarks>
/// Open to derivation because a host may add its own marker to a grain. No turn waits for a receiver or for another grain: the work runs
/// beside the turns, one step at a time, so that whoever calls from inside a turn that this channel needs can't lock it up.
/// </remarks>
public class Channel(GrainContext context, IAlertStore alerts) : Grain(context), IChannel
{
    /// <summary>The most notifications that wait in the store; beyond them the oldest are dropped.</summary>
    public const int MaxWaiting = 50_000;

    /// <summary>An attempt of which nothing was heard for so long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_afterTrouble = TimeSpan.FromSeconds(5);

    private readonly ChannelQueue _queue = new();
    private readonly string _tenant = GrainKeys.Split(context.Key)[0];
    private readonly string _name = GrainKeys.Split(context.Key)[1];
    private ChannelDefinition? _definition;
    private long _revision = -1;
    private ChannelAttempt? _attempt;
    private List<Notification> _unsaved = [];
    private IDisposable? _timer;
    private DateTimeOffset _timerAt;
    private Exception? _trouble;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private ChannelHealth _health = new(0, null, null, null, 0, 0);
    private bool _stale = true;
    private bool _wanted;
    private bool _running;
    private bool _ended;

    public Task WakeAsync()
    {
        _stale = true;
        Continue();
        return Task.CompletedTask;
    }

    public Task SettleAsync(string attempt, DeliveryResult result)
    {
        if (attempt == _attempt?.Id)
            Settle(_attempt, result);
        return Task.CompletedTask;
    }

    public async Task<ChannelHealth> GetHealthAsync() =>
        _health with { Waiting = await alerts.CountOutboxAsync(_tenant, _name, CancellationToken.None) };

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        _ended = true;
        return Task.CompletedTask;
    }

    /// <summary>Starts the work, or has it look once more. What fails is told by the host's log, and tried again.</summary>
    private void Continue()
    {
        _wanted = true;
        if (_running)
            return;
        _running = true;
        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            while (_wanted && !_ended)
            {
                _wanted = false;
                await StepAsync();
            }
        }
        catch (Exception e)
        {
            _trouble = e;
            WakeIn(s_afterTrouble);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task StepAsync()
    {
        if (_unsaved.Count > 0)
            await alerts.UpdateAsync(_tenant, _unsaved, CancellationToken.None);
        _unsaved = [];
        if (_attempt is not null)
            return;
        if (!await ReadDefinitionAsync())
            return;
        var now = Context.Time.GetUtcNow();
        if (now < _pausedUntil)
        {
            // As a rule it was set when the pause began.
            if (_timerAt != _pausedUntil)
                WakeAt(_pausedUntil, now);
            return;
        }
        if (_stale && _queue.Count < ChannelQueue.MaxFolded)
            await ReadOutboxAsync();
        var next = _queue.Next(now, _health.Failures > 0, out var due);
        if (_ended || _attempt is not null)
            return;
        if (next.Count > 0)
            Start(next, now);
        else if (due is { } at)
            WakeAt(at, now);
    }

    /// <summary>Asks what the channel is now. False: nothing is to be sent, because it is disabled or deleted.</summary>
    private async Task<bool> ReadDefinitionAsync()
    {
        try
        {
            if (await Context.Grains.Get<IAlertSettings>(_tenant).GetAsync(_revision) is { } settings)
            {
                _revision = settings.Revision;
                _definition = settings.Channels.FirstOrDefault(channel => channel.Name == _name);
            }
        }
        catch (Exception) when (_definition is not null)
        {
            // As it was known last: to warn goes before.
        }
        if (_definition is null)
        {
            await DropAsync(int.MaxValue, "The channel is no longer there.");
            _queue.Replace([]);
        }
        else if (!_definition.Enabled)
        {
            await DropSurplusAsync();
            _queue.Replace([]);
            _stale = true;
        }
        return _definition is { Enabled: true };
    }

    private async Task ReadOutboxAsync()
    {
        _stale = false;
        var waiting = await alerts.ReadOutboxAsync(_tenant, _name, ChannelQueue.Limit, CancellationToken.None);
        if (waiting.Count == ChannelQueue.Limit)
        {
            _stale = true;
            if (await DropSurplusAsync())
                waiting = await alerts.ReadOutboxAsync(_tenant, _name, ChannelQueue.Limit, CancellationToken.None);
        }
        _queue.Replace(waiting);
    }

    private async Task<bool> DropSurplusAsync()
    {
        var surplus = await alerts.CountOutboxAsync(_tenant, _name, CancellationToken.None) - MaxWaiting;
        if (surplus > 0)
            await DropAsync(surplus, $"More than {MaxWaiting} waited in the channel; the oldest were dropped.");
        return surplus > 0;
    }

    private async Task DropAsync(int count, string why)
    {
        while (count > 0)
        {
            var oldest = await alerts.ReadOutboxAsync(_tenant, _name, Math.Min(count, ChannelQueue.Limit), CancellationToken.None);
            if (oldest.Count == 0)
                return;
            var dropped = oldest.Select(notification => notification with { Status = NotificationStatus.Dropped, Result = why });
            await alerts.UpdateAsync(_tenant, [.. dropped], CancellationToken.None);
            _health = _health with { Dropped = _health.Dropped + oldest.Count };
            count -= oldest.Count;
        }
    }

    private void Start(List<Notification> notifications, DateTimeOffset now)
    {
        _attempt = new ChannelAttempt(Guid.CreateVersion7(now).ToString("N"), now, notifications);
        WakeIn(Patience);
        _ = HandOverAsync(_attempt, _definition!);
    }

    /// <summary>Gives a message to the sender, whose answer comes by <see cref="SettleAsync"/>.</summary>
    private async Task HandOverAsync(ChannelAttempt attempt, ChannelDefinition definition)
    {
        try
        {
            await Context.Grains.Get<IChannelSender>(Key).SendAsync(attempt.Id, definition, attempt.Notifications);
        }
        catch (Exception e) when (attempt == _attempt && !_ended)
        {
            Settle(attempt, new DeliveryResult(false, $"The centre could not send it: {e.Message}"));
        }
        catch (Exception)
        {
            // It was settled, or given up, before its sender failed.
        }
    }

    private void Settle(ChannelAttempt attempt, DeliveryResult result)
    {
        var now = Context.Time.GetUtcNow();
        _attempt = null;
        _unsaved = attempt.Notifications.ConvertAll(notification => DeliveryPace.Settle(notification, result, attempt.At, now));
        _queue.Settle(_unsaved);
        if (result.Delivered && _health.Failures >= DeliveryPace.QuickTries)
            _queue.Recover(now);
        // A message that can't be sent says nothing of the receiver.
        var failures = result.Delivered ? 0 : result.Permanent ? _health.Failures : _health.Failures + 1;
        _pausedUntil = result.Delivered || result.Permanent ? DateTimeOffset.MinValue : now + DeliveryPace.Pause(failures);
        if (_pausedUntil > now)
            WakeAt(_pausedUntil, now);
        _health = _health with
        {
            LastAttemptAt = attempt.At, LastResult = result.Detail, Failures = failures,
            LastDeliveredAt = result.Delivered ? now : _health.LastDeliveredAt,
        };
        Continue();
    }

    private void WakeIn(TimeSpan time) => WakeAt(Context.Time.GetUtcNow() + time, Context.Time.GetUtcNow());

    private void WakeAt(DateTimeOffset at, DateTimeOffset now)
    {
        var time = at - now;
        _timerAt = at;
        _timer?.Dispose();
        _timer = _ended ? null : Context.Timers.Start(_ => OnTimer(), time > TimeSpan.Zero ? time : TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
    }

    private Task OnTimer()
    {
        _timerAt = default;
        if (_attempt is { } attempt && Context.Time.GetUtcNow() - attempt.At >= Patience)
            Settle(attempt, new DeliveryResult(false, $"Nothing was heard of the attempt within {Patience.TotalSeconds:0} s."));
        else
            Continue();
        // For the log of the host.
        var trouble = _trouble;
        _trouble = null;
        return trouble is null ? Task.CompletedTask : Task.FromException(trouble);
    }
}
