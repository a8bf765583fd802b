using Outrider.Grains.Files;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations.Files;

/// <inheritdoc cref="ITaskFiles"/>
public sealed class TaskFiles(IFileIndex index, IFileGrants grants) : ITaskFiles
{
    public async ValueTask<Outcome<TaskFile>> GrantAsync(
        string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation) =>
        await index.ReadAsync(tenant, file, cancellation) is { } found
            ? found.ToTaskFile(grants.Issue(new FileGrant(tenant, agent, found.Id, until)))
            : FileOperations.Unknown(file);
}
