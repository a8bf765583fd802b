namespace Outrider.Grains.Runtime;

/// <summary>A grain that can be reminded; the call runs as a turn of its own and activates the grain if needed.</summary>
public interface IRemindable
{
    Task OnReminderAsync(string name, CancellationToken cancellation);
}
