namespace Outrider.Grains.Files;

/// <summary>What a file is for; it decides how large it may be and of which type.</summary>
public enum FileKind
{
    /// <summary>What people hand in: small, of the types of <see cref="FileTypes"/>.</summary>
    User,

    /// <summary>What is rolled out, and what agents bring: large, of any type.</summary>
    Artefact,
}
