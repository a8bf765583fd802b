namespace Outrider.Agent.Collectors.Proc;

/// <summary>A mounted file system.</summary>
internal readonly record struct Mount(string Point, string Device, string Type);
