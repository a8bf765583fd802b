using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>There are no files.</summary>
internal sealed class NoTaskFiles : ITaskFiles
{
    public ValueTask<Outcome<TaskFile>> GrantAsync(string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation) =>
        ValueTask.FromResult<Outcome<TaskFile>>(new Problem(ProblemCodes.FileNotFound, $"There is no file '{file}'."));
}
