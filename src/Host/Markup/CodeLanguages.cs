using System.Collections.Frozen;

namespace MoocPlatform.Markup;

/// <summary>The languages that are coloured, by every name they go by after the fence.</summary>
internal static class CodeLanguages
{
    private static readonly (string Open, string Close)[] Stars = [("/*", "*/")];
    private static readonly CodeString Double = new("\"", "\"");
    private static readonly CodeString Single = new("'", "'");
    private static readonly CodeString TripleDouble = new("\"\"\"", "\"\"\"", Lines: true);

    private static readonly CodeLanguage C = new()
    {
        Remarks = ["//"],
        Blocks = Stars,
        Strings = [Double, Single],
        KeywordSigns = "#",
        Keywords = Words("auto bool break case char const constexpr continue default do double else enum extern false float for goto if inline int long NULL nullptr register restrict return short signed sizeof static static_assert struct switch true typedef typeof union unsigned void volatile while size_t"),
    };

    private static readonly CodeLanguage Script = new()
    {
        Remarks = ["//"],
        Blocks = Stars,
        Strings = [Double, Single, new("`", "`", Lines: true)],
        Letters = "_$",
        KeywordSigns = "@",
        HasPatterns = true,
        Keywords = Words("abstract any as async await boolean break case catch class const constructor continue debugger declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let namespace never new null number of private protected public readonly return satisfies set static string super switch symbol this throw true try type typeof undefined unknown var void while with yield"),
    };

    private static readonly CodeLanguage Style = new()
    {
        Remarks = [],
        Blocks = Stars,
        Strings = [Double, Single],
        Letters = "_-",
        KeywordSigns = "@.",
        HasProperties = true,
        Keywords = Words("important inherit initial none unset revert auto a b body button div em footer form h1 h2 h3 h4 h5 h6 header html i img input label li main nav ol p pre section span strong table td th tr ul code"),
    };

    private static readonly FrozenDictionary<string, CodeLanguage> ByName = Table().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The scripts and the styles within a page.</summary>
    public static CodeLanguage? Within(ReadOnlySpan<char> tag) =>
        tag.Equals("script", StringComparison.OrdinalIgnoreCase) ? Script : tag.Equals("style", StringComparison.OrdinalIgnoreCase) ? Style : null;

    /// <param name="name">In small letters. Null is returned for what is not coloured.</param>
    public static CodeLanguage? Find(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, CodeLanguage> Table()
    {
        var table = new Dictionary<string, CodeLanguage>(StringComparer.Ordinal);
        Add("c h", C);
        Add("cpp c++ cc cxx hpp arduino", C with
        {
            Strings = [new("R\"(", ")\"", Escape: null, Lines: true), .. C.Strings],
            Keywords = Words("alignas and catch class concept consteval constinit const_cast co_await co_return co_yield decltype delete dynamic_cast explicit export final friend import module mutable namespace new noexcept not operator or override private protected public reinterpret_cast requires static_cast template this throw try typeid typename using virtual wchar_t", C.Keywords),
        });
        Add("csharp cs c#", C with
        {
            Strings = [TripleDouble with { Escape = null }, new("$@\"", "\"", '"', Lines: true), new("@\"", "\"", '"', Lines: true), .. C.Strings],
            Keywords = Words("abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double dynamic else enum event explicit extern false file finally fixed float for foreach from get global goto group if implicit in init int interface internal into is join let lock long nameof namespace new not null object on operator or and orderby out override params partial private protected public readonly record ref required return sbyte scoped sealed select set short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using value var virtual void volatile when where while with yield"),
        });
        Add("java", C with
        {
            Strings = [TripleDouble, .. C.Strings],
            KeywordSigns = "@",
            Keywords = Words("abstract assert boolean break byte case catch char class const continue default do double else enum extends false final finally float for goto if implements import instanceof int interface long native new null package permits private protected public record return sealed short static strictfp super switch synchronized this throw throws transient true try var void volatile while yield"),
        });
        Add("kotlin kt kts", C with
        {
            Strings = [TripleDouble with { Escape = null }, .. C.Strings],
            KeywordSigns = "@",
            Keywords = Words("abstract as break by catch class companion const constructor continue crossinline data do else enum external false final finally for fun get if import in infix init inline inner interface internal is lateinit null object open operator out override package private protected public reified return sealed set super suspend tailrec this throw true try typealias val var vararg when where while"),
        });
        Add("swift", C with
        {
            Strings = [TripleDouble, Double],
            KeywordSigns = "@#",
            Keywords = Words("actor any as associatedtype async await break case catch class continue convenience default defer deinit do else enum extension fallthrough false fileprivate final for func get guard if import in indirect init inout internal is lazy let mutating nil open operator override private protocol public repeat required rethrows return self Self set some static struct subscript super switch throw throws true try typealias unowned var weak where while"),
        });
        Add("go golang", C with
        {
            Strings = [Double, Single, new("`", "`", Escape: null, Lines: true)],
            KeywordSigns = "",
            Keywords = Words("any append bool break byte cap case chan close complex64 complex128 const continue copy default defer delete else error fallthrough false float32 float64 for func go goto if import int int8 int16 int32 int64 interface iota len make map new nil package panic print println range recover return rune select string struct switch true type uint uint8 uint16 uint32 uint64 uintptr var"),
        });
        Add("rust rs", C with
        {
            Strings = [new("r#\"", "\"#", Escape: null, Lines: true), new("r\"", "\"", Escape: null, Lines: true), Double with { Lines = true }],
            KeywordSigns = "",
            HasLifetimes = true,
            Keywords = Words("as async await bool box break char const continue crate dyn else enum extern f32 f64 false fn for i8 i16 i32 i64 i128 if impl in isize let loop match mod move mut None Ok Err Some Option Result String Vec Box pub ref return Self self static str struct super trait true type u8 u16 u32 u64 u128 union unsafe use usize where while"),
        });
        Add("javascript js jsx mjs cjs typescript ts tsx mts node", Script);
        Add("css scss less", Style);
        Add("json jsonc json5 jsonld geojson", new() { Remarks = ["//"], Blocks = Stars, Strings = [Double], StringsCanBeKeys = true, Keywords = Words("true false null") });
        Add("php", Script with
        {
            Remarks = ["//", "#"],
            Strings = [Double with { Lines = true }, Single with { Lines = true }],
            Letters = "_",
            KeywordSigns = "",
            VariableSigns = "$",
            HasPatterns = false,
            HasHereDocuments = true,
            Keywords = Words("abstract and array as bool break callable case catch class clone const continue declare default die do echo else elseif empty endfor endforeach endif endswitch endwhile enum exit extends false final finally float fn for foreach function global goto if implements include include_once instanceof insteadof int interface isset iterable list match mixed namespace new null object or php print private protected public readonly require require_once return self static string switch this throw trait true try unset use var void while xor yield"),
        });
        Add("python py python3 pycon ipython", new()
        {
            Remarks = ["#"],
            Strings = [TripleDouble, new("'''", "'''", Lines: true), Double, Single],
            KeywordSigns = "@",
            Keywords = Words("and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass print raise range return self True try while with yield len int float str list dict set tuple bool"),
        });
        Add("ruby rb", new()
        {
            Remarks = ["#"],
            Blocks = [("\n=begin", "\n=end")],
            Strings = [Double with { Lines = true }, Single with { Lines = true }],
            VariableSigns = "@",
            HasHereDocuments = true,
            Keywords = Words("alias and attr_accessor attr_reader attr_writer begin break case class def defined do else elsif end ensure extend false for if in include lambda loop module next nil not or private proc protected public puts raise redo require require_relative rescue retry return self super then true undef unless until when while yield"),
        });
        Add("r rscript", new()
        {
            Remarks = ["#"],
            Strings = [Double with { Lines = true }, Single with { Lines = true }],
            Letters = "_.",
            Keywords = Words("break else FALSE for function if in Inf library NA NaN next NULL repeat require return TRUE while"),
        });
        Add("bash sh shell zsh ksh console shell-session shellsession terminal", new()
        {
            Remarks = ["#"],
            RemarksStandApart = true,
            Strings = [Double with { Lines = true }, Single with { Escape = null, Lines = true }],
            Letters = "_-.",
            VariableSigns = "$",
            HasHereDocuments = true,
            Keywords = Words("alias break case cd continue declare do done echo elif else esac eval exec exit export false fi for function if in local printf pwd read readonly return select set shift source test then trap true unset until while sudo"),
        });
        Add("powershell ps1 pwsh", new()
        {
            Remarks = ["#"],
            Blocks = [("<#", "#>")],
            Strings = [Double with { Escape = '`', Lines = true }, Single with { Escape = '\'', Lines = true }],
            Letters = "_-",
            VariableSigns = "$",
            Keywords = Words("begin break catch class continue do else elseif end exit filter finally for foreach function if in param process return switch throw trap try until using while"),
        });
        Add("sql sqlite postgresql postgres psql mysql plsql tsql", new()
        {
            Remarks = ["--"],
            Blocks = Stars,
            Strings = [Single with { Escape = '\'', Lines = true }, Double with { Escape = '"' }],
            Keywords = "add all alter and any as asc autoincrement begin between bigint boolean by cascade case cast char check column commit constraint create cross database date decimal default delete desc distinct double drop else end except exists explain false float for foreign from full function grant group having if in index inner insert int integer intersect into is join key left like limit not null numeric offset on or order outer over partition primary procedure real references replace returning revoke right rollback row rows select set table text then time timestamp to transaction trigger true truncate union unique update using values varchar view when where window with"
                .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        });
        Add("lua", new()
        {
            Blocks = [("--[[", "]]")],
            Remarks = ["--"],
            Strings = [new("[[", "]]", Escape: null, Lines: true), Double, Single],
            Keywords = Words("and break do else elseif end false for function goto if in local nil not or repeat return then true until while"),
        });
        Add("yaml yml", new()
        {
            Remarks = ["#"],
            RemarksStandApart = true,
            Strings = [Double, Single with { Escape = '\'' }],
            StringsStandApart = true,
            StringsCanBeKeys = true,
            Letters = "_-",
            KeySign = ':',
            Keywords = Words("true false null yes no on off True False"),
        });
        Add("toml ini conf cfg properties editorconfig gitconfig", new()
        {
            Remarks = ["#", ";"],
            RemarksStandApart = true,
            Strings = [TripleDouble, new("'''", "'''", Escape: null, Lines: true), Double, Single with { Escape = null }],
            StringsStandApart = true,
            Letters = "_-",
            KeySign = '=',
            Keywords = Words("true false"),
        });
        Add("dockerfile docker", new()
        {
            Remarks = ["#"],
            RemarksStandApart = true,
            Strings = [Double, Single],
            StringsStandApart = true,
            Letters = "_-.",
            VariableSigns = "$",
            Keywords = Words("ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR"),
        });
        Add("html htm xhtml xml svg rss atom vue razor cshtml", new() { Shape = CodeShape.Tags });
        Add("diff patch", new() { Shape = CodeShape.Diff });
        Add("markdown md", new() { Shape = CodeShape.Markdown });
        return table;

        void Add(string names, CodeLanguage language)
        {
            foreach (var name in names.Split(' ')) table.Add(name, language);
        }
    }

    private static FrozenSet<string> Words(string words, IEnumerable<string>? others = null) => words.Split(' ').Concat(others ?? []).ToFrozenSet(StringComparer.Ordinal);
}
