using Anlauf.Platform.Web.Components;
using Microsoft.AspNetCore.Http;

namespace Anlauf.Tests.Platform.Web;

public sealed class ListQueryTests
{
    private static ListQuery Read(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.Path = "/lage/weisse-flecken";
        http.Request.QueryString = new QueryString(query);
        return ListQuery.From(http.Request, "-einwohner", "name", "einwohner");
    }

    [Fact]
    public void Without_a_wish_the_largest_come_first()
    {
        var list = Read("");
        (list.Sort, list.Descending, list.Page, list.Offset).ShouldBe(("einwohner", true, 1, 0));
    }

    [Fact]
    public void A_column_that_does_not_exist_falls_back_to_the_default()
    {
        var list = Read("?sort=name;drop table");
        (list.Sort, list.Descending).ShouldBe(("einwohner", true));
    }

    [Fact]
    public void A_second_click_on_the_same_column_turns_the_order_round()
    {
        Read("?sort=name").SortBy("name").ShouldBe("/lage/weisse-flecken?sort=-name");
        Read("?sort=-name").SortBy("name").ShouldBe("/lage/weisse-flecken?sort=name");
    }

    [Fact]
    public void Changing_a_filter_keeps_the_others_and_returns_to_the_first_page()
    {
        var list = Read("?kreis=14626&stand=fehlt&seite=3");
        list.With("stand", null).ShouldBe("/lage/weisse-flecken?kreis=14626");
        list.With("stand", "da").ShouldBe("/lage/weisse-flecken?kreis=14626&stand=da");
    }

    [Fact]
    public void The_third_page_begins_after_fifty_rows_and_the_export_takes_all_filters_without_a_page()
    {
        var list = Read("?kreis=14626&seite=3");
        list.Offset.ShouldBe(50);
        list.Export("csv").ShouldBe("/lage/weisse-flecken?kreis=14626&ausgabe=csv");
    }

    [Theory]
    [InlineData("?seite=-4")]
    [InlineData("?seite=viele")]
    [InlineData("?seite=99999999999")]
    public void A_page_that_makes_no_sense_is_the_first(string query) => Read(query).Page.ShouldBe(1);
}
