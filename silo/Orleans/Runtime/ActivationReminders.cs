using Orleans.Timers;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Runtime;

/// <inheritdoc/>
internal sealed class ActivationReminders(IGrainContext grain, IReminderRegistry reminders) : IReminders
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);

    public Task SetAsync(string name, TimeSpan due, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, s_shortest);
        return reminders.RegisterOrUpdateReminder(grain.GrainId, name, due, period);
    }

    public async Task CancelAsync(string name)
    {
        if (await reminders.GetReminder(grain.GrainId, name) is { } reminder)
            await reminders.UnregisterReminder(grain.GrainId, reminder);
    }
}
