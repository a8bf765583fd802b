namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Makes a value of the samples of a window.</summary>
public delegate double WindowFunction(Window window, double argument);
