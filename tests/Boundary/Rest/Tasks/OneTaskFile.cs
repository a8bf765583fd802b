using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>There is one file, and no other.</summary>
internal sealed class OneTaskFile : ITaskFiles
{
    public const string Id = "known";

    public ValueTask<Outcome<TaskFile>> GrantAsync(string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation) =>
        ValueTask.FromResult<Outcome<TaskFile>>(file == Id
            ? new TaskFile(Id, "schema.sql", 9, new string('a', 64), $"{tenant} {agent}")
            : new Problem(ProblemCodes.FileNotFound, $"There is no file '{file}'."));
}
