using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

public class Clockwork(GrainContext context) : Grain(context), IClockwork, IRemindable
{
    private readonly Dictionary<string, IDisposable> _timers = [];

    private Stage Stage => Stage.Of(Key);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        Stage.Log.Record($"deactivated {reason}");
        return Task.CompletedTask;
    }

    public Task StartTimerAsync(string name, TimeSpan due, TimeSpan period, bool held, bool failing)
    {
        _timers[name] = Context.Timers.Start(TickAsync, due, period);
        return Task.CompletedTask;

        async Task TickAsync(CancellationToken cancellation)
        {
            Stage.Log.Record($"tick {name}");
            if (held)
                await Stage.PassAsync($"tick {name}", cancellation);
            Stage.Log.Record($"ticked {name}");
            if (failing)
                throw new InvalidOperationException("a tick that fails");
        }
    }

    public Task StopTimerAsync(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task SetReminderAsync(string name, TimeSpan due, TimeSpan period) => Context.Reminders.SetAsync(name, due, period);

    public Task CancelReminderAsync(string name) => Context.Reminders.CancelAsync(name);

    public Task OnReminderAsync(string name, CancellationToken cancellation)
    {
        Stage.Log.Record($"reminder {name}");
        // Fails as often as the test has asked for.
        if (Stage.Log.Count("fail reminder") >= Stage.Log.Count($"reminder {name}"))
            throw new InvalidOperationException("not now");
        Stage.Log.Record($"reminded {name}");
        return Task.CompletedTask;
    }

    public async Task HoldAsync()
    {
        Stage.Log.Record("hold");
        await Stage.PassAsync("hold");
        Stage.Log.Record("held");
    }

    public Task PingAsync() => Task.CompletedTask;

    public Task DeactivateAsync()
    {
        Context.Deactivate();
        return Task.CompletedTask;
    }
}
