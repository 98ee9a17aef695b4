//! The search of dødsboer, its pages, and what has changed.

use skifteportal::api::{doedsbo, Page, Sort};
use skifteportal::model::{
    Adresse, AendringerNavne, DoedsbojournalAendringer, DoedsbojournalQuery, Extra,
};
use skifteportal_e2e::World;
use skifteportal_sandbox::portal::seed;

fn by_cpr(cpr: &str) -> DoedsbojournalQuery {
    DoedsbojournalQuery::from_cpr(cpr.parse().unwrap())
}

/// Two dødsboer are of this name at this address.
fn namesakes() -> DoedsbojournalQuery {
    DoedsbojournalQuery {
        navn: Some("testine FIKTIV".into()),
        adresse: Some(Adresse {
            adresselinje: Some("Prøvevej 3".into()),
            postnummer: Some("4000".into()),
            ..Adresse::default()
        }),
        ..DoedsbojournalQuery::default()
    }
}

#[tokio::test]
async fn a_doedsbo_is_found_by_cpr_number() {
    let world = World::new().await;
    let call = doedsbo::search_bo(&by_cpr(seed::CPR_OPEN), Page::first(), &World::checks());
    let found = world.call(&call.unwrap()).await.unwrap();
    assert_eq!(found.total, Some(1));
    let bo = &found.items[0];
    assert_eq!(bo.id, Some(World::bo()));
    let name = bo.afdoede.as_ref().unwrap().navn.as_ref().unwrap();
    assert_eq!(name.raw(), "Erlinda Hills");
    let nobody = doedsbo::search_bo(&by_cpr("4634870000"), Page::first(), &World::checks());
    let found = world.call(&nobody.unwrap()).await.unwrap();
    assert_eq!((found.items.len(), found.total), (0, Some(0)));
}

#[tokio::test]
async fn pages_and_their_total_follow_the_header() {
    let world = World::new().await;
    let mut seen = Vec::new();
    for number in 0..3 {
        let page = Page::numbered(number, 1);
        let call = doedsbo::search_bo(&namesakes(), page, &World::checks()).unwrap();
        let found = world.call(&call).await.unwrap();
        assert_eq!(found.total, Some(2));
        seen.extend(found.items.iter().map(|bo| bo.id.clone().unwrap()));
        assert_eq!(found.may_have_more(seen.len() as u64), number == 0);
    }
    assert_eq!(seen.len(), 2);
    assert_ne!(seen[0], seen[1]);

    let sort = |direction: &str| Sort {
        by: Some("foedselsdato".into()),
        direction: Some(direction.into()),
    };
    let mut orders = Vec::new();
    for direction in ["ASC", "DESC"] {
        let page = Page::numbered(0, 50);
        let call =
            doedsbo::search_bo_sorted(&namesakes(), page, &sort(direction), &World::checks());
        let found = world.call(&call.unwrap()).await.unwrap();
        let ids: Vec<_> = found.items.into_iter().filter_map(|bo| bo.id).collect();
        orders.push(ids);
    }
    orders[1].reverse();
    assert_eq!(orders[0], orders[1]);
}

#[tokio::test]
async fn what_has_changed_is_found_by_the_names_that_the_host_gives() {
    let world = World::new().await;
    let ask = |navne| DoedsbojournalAendringer {
        ids: vec![World::bo(), seed::BO_PASSED.parse().unwrap()],
        siden: "2024-01-01T00:00:00Z".parse().unwrap(),
        navne,
        extra: Extra::default(),
    };
    // The sandbox made these up. The host knows that they are the ones, so they are sent.
    let names = AendringerNavne::new("doedsbojournalIder", "tidspunkt").unwrap();
    let query = ask(names);
    let call = doedsbo::find_changed_since(&query, Page::first(), &World::checks()).unwrap();
    assert_eq!(world.call(&call).await.unwrap().total, Some(0));
    world.filed().await;
    let changed = world.call(&call).await.unwrap();
    assert_eq!(changed.total, Some(1));
    assert_eq!(changed.items[0].id, Some(World::bo()));
    // Nobody has said that the default names are right.
    let guess = ask(AendringerNavne::default());
    let refused = doedsbo::find_changed_since(&guess, Page::first(), &World::checks());
    assert_eq!(refused.unwrap_err().code(), "call.member_names_not_known");
}
