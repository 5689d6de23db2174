using System.Globalization;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MoocPlatform.Markup;

internal sealed partial class HtmlWriter
{
    private bool _insideLink;

    private void WriteChildren(ContainerInline? inlines)
    {
        if (inlines is null) return;
        if (++_depth > Dialect.MaxDepth) throw new TooTangled();
        for (var inline = inlines.FirstChild; inline is not null; inline = inline.NextSibling) Write(inline);
        _depth--;
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case OpenFormula sign:
                Report(sign, sign.IsBlock ? Wording.OpenFormulaBlock : Wording.OpenFormula);
                _html.AddText(sign.Content.AsSpan());
                break;
            case RawTag tag: WriteTagAsText(tag); break;
            case LiteralInline literal: _html.AddText(literal.Content.AsSpan()); break;
            case HtmlEntityInline entity: _html.AddText(Characters.Clean(entity.Transcoded.ToString())); break;
            case LineBreakInline { IsHard: true }: _html.Add($"<br>\n"); break;
            case LineBreakInline: _html.Add($"\n"); break;
            case CodeInline code: _html.Add($"<code>{code.Content}</code>"); break;
            case EmphasisInline emphasis: WriteEmphasis(emphasis); break;
            case MathInline formula: WriteFormula(formula); break;
            case LinkInline { IsImage: true } image: WriteImage(image, withTitle: true); break;
            case LinkInline link: WriteLink(link); break;
            case AutolinkInline link: WriteAutolink(link); break;
            case FootnoteLink note: WriteFootnoteLink(note); break;
            case TaskList tick: WriteTick(tick); break;
            case DelimiterInline delimiter:
                _html.AddText(delimiter.ToLiteral());
                WriteChildren(delimiter);
                break;
            case ContainerInline other: WriteChildren(other); break;
        }
    }

    private void WriteEmphasis(EmphasisInline emphasis)
    {
        switch (emphasis)
        {
            case { DelimiterChar: '~' }:
                _html.Add($"<del>");
                WriteChildren(emphasis);
                _html.Add($"</del>");
                break;
            case { DelimiterCount: 2 }:
                _html.Add($"<strong>");
                WriteChildren(emphasis);
                _html.Add($"</strong>");
                break;
            default:
                _html.Add($"<em>");
                WriteChildren(emphasis);
                _html.Add($"</em>");
                break;
        }
    }

    private void WriteFormula(MathInline formula)
    {
        _hasMaths = true;
        _html.Add($"<span class=\"maths\" data-line=\"{LineOf(formula)}\">{formula.Content.AsSpan()}</span>");
    }

    private void WriteImage(LinkInline image, bool withTitle)
    {
        var address = AddressOf(image);
        var text = PlainText.Of(image);
        if (text.Length == 0) Report(image, Wording.NoAltText);

        switch (address.Kind)
        {
            case AddressKind.Asset:
                _assets.Add(address.Asset);
                _html.Add($"<img alt=\"{text}\"");
                if (withTitle && image.Title is { Length: > 0 } title) _html.Add($" title=\"{Characters.Clean(title)}\"");
                _html.Add($" loading=\"lazy\" decoding=\"async\" src=\"{address.Href}\">");
                break;
            case AddressKind.Web: // another host learns of the reader only when the reader follows the link
                Report(image, Wording.RefusedImage, image.Url ?? "");
                if (text.Length == 0) text = address.Host;
                WriteAnchor(address, image.Url, title: null, () => _html.AddText(text));
                break;
            default:
                Report(image, Wording.RefusedImage, image.Url ?? "");
                _html.AddText(text);
                break;
        }
    }

    private void WriteLink(LinkInline link)
    {
        var address = AddressOf(link);
        if (address.Kind == AddressKind.Refused)
        {
            if (string.IsNullOrWhiteSpace(link.Url)) Report(link, Wording.NoAddress);
            else Report(link, Wording.RefusedAddress, link.Url);
            WriteChildren(link);
            return;
        }

        WriteAnchor(address, link.Url, link.Title, () =>
        {
            if (PlainText.Of(link).Length > 0) WriteChildren(link);
            else _html.AddText(Characters.Clean(link.Url!)); // a link without words cannot be found by ear
        });
    }

    private void WriteAutolink(AutolinkInline link)
    {
        var url = link.IsEmail ? "mailto:" + link.Url : link.Url;
        var address = Address.Of(url);
        if (address.Kind is AddressKind.Web or AddressKind.Mail)
        {
            WriteAnchor(address, url, title: null, () => _html.AddText(link.Url));
            return;
        }

        Report(link, Wording.RefusedAddress, link.Url);
        _html.AddText("<" + link.Url + ">");
    }

    private Address AddressOf(LinkInline link) => Address.Of(link.Url, options.AssetBase);

    private void WriteAnchor(Address address, string? written, string? title, Action writeWords)
    {
        if (_insideLink) // a link in a link: the outer one wins, as in every browser's reading of the words
        {
            writeWords();
            return;
        }

        if (address.Kind == AddressKind.Asset) _assets.Add(address.Asset);
        else if (address.Kind != AddressKind.Fragment) _links.Add(written!.Trim());

        _insideLink = true;
        _html.Add($"<a");
        WriteHref(address);
        if (!string.IsNullOrWhiteSpace(title)) _html.Add($" title=\"{Characters.Clean(title)}\"");
        _html.Add($">");
        writeWords();
        _html.Add($"</a>");
        _insideLink = false;
    }

    private void WriteHref(Address address)
    {
        var href = address.Kind == AddressKind.Fragment ? $"#{_idPrefix}{Slug(Uri.UnescapeDataString(address.Href))}" : address.Href;
        _html.Add($" href=\"{href}\"");
        if (options.For == MarkupFor.Post) _html.Add($" rel=\"nofollow ugc noopener\"");
        else if (address.Kind == AddressKind.Web) _html.Add($" rel=\"noopener\"");
    }

    private void WriteFootnoteLink(FootnoteLink note)
    {
        var number = note.Footnote.Order;
        var label = Say(Wording.Footnote, number.ToString(CultureInfo.InvariantCulture));
        if (note.IsBackLink)
            _html.Add($" <a href=\"#{ReferenceId(note.Index)}\" aria-label=\"{Say(Wording.BackToText)}\">↩</a>");
        else if (_insideLink)
            _html.Add($"<sup>{number}</sup>");
        else
            _html.Add($"<sup><a href=\"#{FootnoteId(number)}\" id=\"{ReferenceId(note.Index)}\" aria-label=\"{label}\">{number}</a></sup>");
    }

    private void WriteTick(TaskList tick)
    {
        _html.Add($"<input type=\"checkbox\" disabled");
        if (tick.Checked) _html.Add($" checked");
        _html.Add($" aria-label=\"{Say(tick.Checked ? Wording.Done : Wording.ToDo)}\">");
    }

    private void WriteTagAsText(RawTag tag)
    {
        var text = tag.Content.AsSpan(); // Markdig lengthens it by the words that follow
        var shown = text[..(text.IndexOf('>') + 1)];
        var isLong = shown.Length > 40;
        if (!shown.StartsWith("</")) Report(tag, Wording.RawHtml, isLong ? Characters.Clean(shown[..40].ToString()) + "…" : shown.ToString());
        _html.AddText(text);
    }
}
