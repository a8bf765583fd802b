namespace Outrider.Agent.Collectors.Processes;

/// <summary>What is told of processes.</summary>
/// <param name="Top">How many that use most CPU, and how many that use most memory.</param>
/// <param name="Commands">Whether command lines and working folders are told; secrets in them are masked either way.</param>
internal sealed record ProcessSettings(int Top = 20, bool Commands = true)
{
    public const int MaxTop = 50;

    /// <summary>UTF-8 bytes of a command line.</summary>
    public const int CommandBytes = 512;

    /// <summary>UTF-8 bytes of a working folder.</summary>
    public const int DirectoryBytes = 256;
}
