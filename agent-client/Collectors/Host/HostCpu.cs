using System.Globalization;
using Outrider.Agent.Collectors.Proc;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors.Host;

/// <summary>CPU use between one reading of <c>/proc/stat</c> and the next. The first says nothing yet.</summary>
internal sealed class HostCpu
{
    private CpuTable _before = new();
    private CpuTable _now = new();

    public void Read(ReadOnlySpan<byte> text, Readings to, SeriesCache series)
    {
        _now.Read(text);
        if (_now.Cores.Count > 0)
            to.Add(series.Of("host_cpus"), _now.Cores.Count);
        if (_now.Known && _before.Known)
            Add(to, series);
        (_before, _now) = (_now, _before);
    }

    private void Add(Readings to, SeriesCache series)
    {
        Span<double> percent = stackalloc double[CpuTimes.Modes];
        var (before, now) = (_before.Total, _now.Total);
        if (before.Until(now, percent) is { } busy)
        {
            to.AddRounded(series.Of("host_cpu_percent_normalized"), busy);
            to.AddRounded(series.Of("host_cpu_percent"), _now.Cores.Count > 0 ? busy * _now.Cores.Count : null);
            for (var mode = 0; mode < CpuTimes.Modes; mode++)
                to.AddRounded(series.Of("host_cpu_mode_percent", new Label("mode", CpuTimes.Names[mode])), percent[mode]);
        }
        foreach (var (core, times) in _now.Cores)
        {
            if (_before.Cores.TryGetValue(core, out var earlier) && earlier.Until(times, percent) is { } itsBusy)
                to.AddRounded(series.Of("host_cpu_core_percent", new Label("cpu", core.ToString(CultureInfo.InvariantCulture))), itsBusy);
        }
    }
}
