using System.Diagnostics.CodeAnalysis;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Reminders;

/// <summary>
/// Delivers a reminder as a turn of its grain. What follows from it is written in the same turn: the grain, the only other one who
/// changes its reminders, can't do so at the same time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing to dispose of.")]
internal sealed class ReminderTurn(ReminderService service, Reminder reminder) : Turn
{
    private readonly CancellationTokenSource _cancellation = new();

    internal override bool IsOver => !service.IsCurrent(reminder);

    internal override async Task RunAsync(object grain)
    {
        Deadline = service.CallDeadline();
        try
        {
            if (grain is not IRemindable remindable)
                throw new InvalidOperationException($"{grain.GetType().Name} has a reminder but isn't {nameof(IRemindable)}. Implement it.");
            await remindable.OnReminderAsync(reminder.Stored.Name, _cancellation.Token);
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }
        await service.DeliveredAsync(reminder);
    }

    internal override void Fail(Exception reason) => service.Failed(reminder, reason);

    internal override void OnDeadline() => _cancellation.CancelAsync();
}
