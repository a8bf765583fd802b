using Orleans.Timers;

namespace Outrider.Silo.Orleans.Runtime;

/// <summary>What all activations of a silo share.</summary>
public sealed record SiloPorts(ITimerRegistry Timers, IReminderRegistry Reminders, TimeProvider Time, ILogger<SiloPorts> Log);
