using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

/// <summary>Shows timers and reminders.</summary>
public interface IClockwork : IGrain
{
    /// <summary>Each tick records "tick name", then waits for the gate "tick name" if <paramref name="held"/>.</summary>
    Task StartTimerAsync(string name, TimeSpan due, TimeSpan period, bool held, bool failing);

    Task StopTimerAsync(string name);

    Task SetReminderAsync(string name, TimeSpan due, TimeSpan period);

    Task CancelReminderAsync(string name);

    /// <summary>Records "hold", waits for the gate "hold", records "held".</summary>
    Task HoldAsync();

    /// <summary>A turn behind all that were queued before.</summary>
    Task PingAsync();

    Task DeactivateAsync();
}
