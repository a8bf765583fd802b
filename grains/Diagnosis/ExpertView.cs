namespace Outrider.Grains.Diagnosis;

/// <summary>An expert as clients see it.</summary>
/// <param name="Name">Its id in REST, such as <c>storage</c>.</param>
/// <param name="Tool">Its MCP tool, such as <c>diagnose_storage</c>.</param>
/// <param name="Version">Of its rules.</param>
/// <param name="Description">What question it answers.</param>
public sealed record ExpertView(string Name, string Tool, string Version, string Title, string Description, List<ExpertArgument> Arguments);
