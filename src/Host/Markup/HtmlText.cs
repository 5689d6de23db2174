using System.Runtime.CompilerServices;
using System.Text;

namespace MoocPlatform.Markup;

/// <summary>
/// HTML being written. What stands in an interpolated string is markup, what stands in its holes is text and is escaped: a value cannot
/// become markup, because there is no way to add one raw.
/// </summary>
/// <param name="maxLength">
/// About where to give up. A definition used a thousand times makes a short text long: <c>[a]: long-address</c> and then <c>[a][a][a]…</c>
/// </param>
internal sealed class HtmlText(int maxLength)
{
    private readonly StringBuilder _text = new();

#pragma warning disable IDE0060, CA1822 // the handler has done the work before the body runs
    public void Add([InterpolatedStringHandlerArgument("")] Piece piece)
    {
    }
#pragma warning restore IDE0060, CA1822

    public void AddText(ReadOnlySpan<char> value)
    {
        if (_text.Length > maxLength) throw new TooTangled();
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"': _text.Append("&quot;"); break;
                default: _text.Append(c); break;
            }
        }
    }

    public override string ToString() => _text.ToString();

    [InterpolatedStringHandler]
#pragma warning disable CS9113 // the two counts are part of the pattern
    public readonly ref struct Piece(int literalLength, int formattedCount, HtmlText html)
#pragma warning restore CS9113
    {
        public void AppendLiteral(string markup) => html._text.Append(markup);

        public void AppendFormatted(ReadOnlySpan<char> text) => html.AddText(text);

        public void AppendFormatted(string? text) => html.AddText(text);

        public void AppendFormatted(int number) => html._text.Append(number);
    }
}
