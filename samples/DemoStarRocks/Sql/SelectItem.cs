namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>One item of a select list.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Token">Name of the column or function, or the literal.</param>
/// <param name="Header">Name of the result column: the alias, or the item as typed.</param>
public sealed record SelectItem(SelectItemKind Kind, Token Token, string Header);
