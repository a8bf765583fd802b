namespace Outrider.Tests.Conformance.Grains;

public enum Colour
{
    Red = 1,
    Green = 2,
}
