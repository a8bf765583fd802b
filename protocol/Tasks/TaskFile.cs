namespace Outrider.Protocol.Tasks;

/// <summary>A file of the centre that a task uses.</summary>
/// <param name="FileId">Its id.</param>
/// <param name="Name">Its cleaned name, no path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal; the agent checks it.</param>
/// <param name="Grant">Lets the agent read it, over the link or by HTTP: a signature that ends soon (docs/files.md). Not a secret of the tenant, but not for logs.</param>
public sealed record TaskFile(string FileId, string Name, long Size, string Sha256, string Grant)
{
    /// <summary>Hides the grant.</summary>
    public override string ToString() => $"{nameof(TaskFile)} {FileId}";
}
