using System.Collections.Concurrent;
using Outrider.Grains.Diagnosis;

namespace Outrider.Tests.Grains.Diagnosis;

/// <summary>Notes what it is told, after doing what the test says.</summary>
internal sealed class FakeProgress(Func<Task>? first = null) : IDiagnosisProgress
{
    public ConcurrentQueue<(string Step, int Done, int Total)> Steps { get; } = new();

    public async Task OnProgressAsync(string step, int done, int total)
    {
        Steps.Enqueue((step, done, total));
        if (first is not null)
            await first();
    }
}
