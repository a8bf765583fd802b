using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors;

/// <summary>What one run of a collector measured. Reused from run to run.</summary>
public sealed class Readings
{
    private readonly List<(Series Series, double Value)> _values = [];

    /// <summary>When the run began, milliseconds since 1970-01-01 UTC.</summary>
    public long Time { get; private set; }

    /// <summary>In the order they were added.</summary>
    public IReadOnlyList<(Series Series, double Value)> Values => _values;

    /// <summary>A snapshot of the processes; null: this run took none.</summary>
    public ProcessTable? Processes { get; set; }

    /// <summary>Forgets what the run before measured.</summary>
    public void Begin(long time)
    {
        Time = time;
        _values.Clear();
        Processes = null;
    }

    /// <summary>Adds a value; null is unknown, and left out.</summary>
    public void Add(Series series, double? value)
    {
        if (value is { } known)
            _values.Add((series, known));
    }

    /// <summary>Adds a share or a percentage: two decimals say all there is to it, and travel in three bytes.</summary>
    public void AddRounded(Series series, double? value) => Add(series, value is { } known ? Math.Round(known, 2) : null);
}
