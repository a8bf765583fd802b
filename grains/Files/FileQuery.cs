namespace Outrider.Grains.Files;

/// <summary>Which files of a tenant.</summary>
/// <param name="Name">A pattern of names in which <c>*</c> stands for any run of characters; upper and lower case are the same. Null: any.</param>
/// <param name="Kind">Null: either.</param>
public sealed record FileQuery(string? Name = null, FileKind? Kind = null);
