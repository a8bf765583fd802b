using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Bench.Files;

/// <summary>Takes any file.</summary>
internal sealed class OpenIntake : IFileIntake
{
    public ValueTask<Problem?> AdmitAsync(string tenant, string agent, string task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);
}
