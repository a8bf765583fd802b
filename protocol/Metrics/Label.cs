namespace Outrider.Protocol.Metrics;

/// <summary>A name with a value, such as <c>mount="/var"</c>. An empty value is the same as no label, so there is none.</summary>
public readonly record struct Label(string Name, string Value);
