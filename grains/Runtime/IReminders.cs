namespace Outrider.Grains.Runtime;

/// <summary>
/// Durable wake-ups of the grain that sets them: at least once, also across restarts. One that falls due while no host runs comes with
/// its next period at the latest. The grain is <see cref="IRemindable"/>.
/// </summary>
public interface IReminders
{
    /// <summary>Sets or replaces a reminder; durable when it returns. <paramref name="period"/> is at least one minute.</summary>
    Task SetAsync(string name, TimeSpan due, TimeSpan period);

    /// <summary>Cancels a reminder, if it is there.</summary>
    Task CancelAsync(string name);
}
