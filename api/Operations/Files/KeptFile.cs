namespace Outrider.Api.Operations.Files;

/// <summary>What became of a file that was sent.</summary>
/// <param name="File">The file.</param>
/// <param name="IsNew">False: the tenant had it already.</param>
public sealed record KeptFile(FileView File, bool IsNew);
