using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>The files that tasks use.</summary>
public interface ITaskFiles
{
    /// <summary>Lets an agent read a file of its tenant until then. <c>file_not_found</c>.</summary>
    ValueTask<Outcome<TaskFile>> GrantAsync(string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation);
}
