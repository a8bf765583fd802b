using Outrider.Api.Operations;
using Outrider.Api.Operations.Files;
using Outrider.Grains.Files;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Gateway;

/// <summary>What links need to move files. A centre that hasn't it offers no agent the capability.</summary>
/// <param name="keeper">Where files are.</param>
/// <param name="grants">Proves that an agent may read one.</param>
/// <param name="audit">Is told of each that an agent brings.</param>
/// <param name="intake">Decides what agents may bring; null: nothing.</param>
public sealed class GatewayFiles(FileKeeper keeper, IFileGrants grants, Auditor audit, IFileIntake? intake = null)
{
    public FileKeeper Keeper => keeper;

    public IFileGrants Grants => grants;

    public IFileIntake? Intake => intake;

    /// <summary>Writes down what an agent brought.</summary>
    internal ValueTask RecordAsync(string tenant, StoredFile file, string task) => audit.RecordAsync(
        new Caller(tenant, file.CreatedBy, Role.Operator), "file.upload", file.Id, problem: null, $"{file.Name} {file.Size} {file.Sha256} task {task}",
        CancellationToken.None);
}
