namespace Outrider.Grains.Runtime;

/// <summary>Ticks inside the grain's turn, until it deactivates. For what must survive that, see <see cref="IReminders"/>.</summary>
public interface IGrainTimers
{
    /// <summary>Calls <paramref name="tick"/> after <paramref name="due"/> and then every <paramref name="period"/>
    /// (<see cref="Timeout.InfiniteTimeSpan"/>: once). Ticks never overlap; one that falls due while another runs is dropped.
    /// A tick that throws is logged and the timer goes on. Ticks don't keep an idle grain active.</summary>
    IDisposable Start(Func<CancellationToken, Task> tick, TimeSpan due, TimeSpan period);
}
