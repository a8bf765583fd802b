using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>
/// What a scalar of YAML is in JSON, as Kubernetes' own tools read it: YAML 1.1 for numbers (<c>0644</c> is octal), and a refusal where the
/// versions of YAML differ on whether it is a word.
/// </summary>
internal static partial class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>The value; null is JSON's null. <paramref name="fault"/>: it can't be told.</summary>
    public static JsonNode? Read(Scalar scalar, out string? fault)
    {
        fault = null;
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag == TagPrefix + "str" || (tag is null or "!" && scalar.Style is not ScalarStyle.Plain) || tag == "!")
            return JsonValue.Create(scalar.Value);
        if (tag is not null)
        {
            fault = $"the tag {tag} is not taken; !!str is, and quotes do the same";
            return null;
        }
        return Plain(scalar.Value, out fault);
    }

    private static JsonNode? Plain(string text, out string? fault)
    {
        fault = null;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return JsonValue.Create(true);
            case "false" or "False" or "FALSE":
                return JsonValue.Create(false);
        }
        if (Ambiguous().IsMatch(text))
        {
            fault = $"'{text}' is a word to some and not to others: write true or false, or put it in quotes";
            return null;
        }
        if (Decimal().IsMatch(text))
            return JsonNode.Parse(text.TrimStart('+'));
        if (Octal().Match(text) is { Success: true } octal)
            return Integer(octal.Groups[1].Value, octal.Groups[2].ValueSpan, 8);
        if (Hexadecimal().Match(text) is { Success: true } hex)
            return Integer(hex.Groups[1].Value, hex.Groups[2].ValueSpan, 16);
        if (Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return JsonValue.Create(number);
        if (NoNumber().IsMatch(text))
            fault = $"'{text}' is no number that JSON has";
        return fault is null ? JsonValue.Create(text) : null;
    }

    private static JsonNode? Integer(string sign, ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
        return JsonNode.Parse((sign == "-" ? -value : value).ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\A(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)\z")]
    private static partial Regex Ambiguous();

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9]{0,99})\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A([-+]?)0o?([0-7]{1,30})\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A([-+]?)0x([0-9a-fA-F]{1,30})\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]{1,99}|[0-9]{1,99}(\.[0-9]{0,99})?)([eE][-+]?[0-9]{1,9})?\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex NoNumber();
}
