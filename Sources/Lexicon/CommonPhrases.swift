/// Phrases that every learner meets in the first lessons, or that WordNet lists but that are mostly
/// something else in speech; none of them is worth a clip.
enum CommonPhrases {
  static let lemmas: Set<String> = Set(
    [verbs, modifiers, nouns].joined(separator: " ").split(whereSeparator: \.isWhitespace).map(
      String.init))

  private static let verbs = """
    ask_for ask_in be_active be_after be_amiss be_born be_due be_full be_given be_on be_quiet
    be_sick be_well belong_to believe_in bring_back bring_in bring_on bring_to buy_at call_at
    call_back come_about come_after come_along come_away come_back come_before come_close
    come_down come_forward come_home come_in come_into come_near come_off come_on come_out
    come_over come_to come_together come_up come_with do_by do_good do_in do_it do_up do_well
    do_work eat_at eat_in eat_on eat_out fall_asleep fall_down fall_in fall_into fall_over
    feel_for feel_like find_out get_at get_away get_back get_by get_down get_dressed get_going
    get_hold get_in get_into get_it get_married get_moving get_off get_on get_out get_started
    get_through get_to get_up get_well get_word give_back go_about go_across go_after go_ahead
    go_along go_around go_away go_back go_bad go_by go_deep go_down go_far go_for go_forward
    go_home go_in go_into go_off go_on go_out go_over go_past go_through go_to go_to_bed
    go_to_sleep go_under go_up go_with go_wrong had_best have_a_good_time have_a_look have_down
    have_got have_it_off have_on have_sex have_young have_intercourse hold_on keep_on
    know_what's_going_on lead_to let_in let_go lie_down lie_in lie_with listen_in live_in live_on
    live_out live_with look_across look_around look_at look_away look_back look_for look_like
    look_on look_out look_over look_to look_up love_to make_for make_full make_grow make_happy
    make_love make_noise make_over make_pass make_sure make_water matter_to mean_to move_back
    move_in move_into move_on move_out move_over move_through move_up pass_by pay_for play_on
    put_across put_away put_back put_in put_on_the_line put_to regard_as run_by run_for run_off
    run_on run_through say_farewell see_through see_to send_back send_for send_in send_out
    set_down set_in set_on shut_up sit_around sit_back sit_by sit_down sit_in sit_up sleep_in
    sleep_with speak_for stand_by stand_for stand_in stand_up start_out start_up stay_at stay_on
    step_in step_on step_out stick_in stop_up take_a_look take_away take_back take_for take_home
    take_in take_to take_to_be talk_about talk_of tell_on think_about think_of travel_to try_on
    turn_around turn_back turn_in turn_to wait_on wake_up walk_around walk_away walk_in walk_off
    walk_out walk_through work_at work_in work_on work_over write_about write_in write_of write_on
    write_out want_to lose_it catch_it cry_out act_as act_on take_place take_time_off take_part
    drive_in call_in pop_in come_by stop_by out_in come_in_for drive_around drip_dry take_it_easy
    blow_off fly_open kick_back kill_oneself have_the_best get_the_best buy_it let_out run_along
    jump_out push_out send_down send_away sleep_together
    """

  private static let modifiers = """
    and_how a_bit a_few a_good_deal a_great_deal a_little a_lot a_couple_of above_all after_all all_along
    all_day_long all_over all_right all_the_time all_the_way all_together all_too and_so and_so_on
    and_then any_longer as_if as_is as_it_is as_such as_well as_yet at_a_time at_all at_best
    at_first at_first_sight at_hand at_heart at_home at_last at_least at_length at_most at_once
    at_one_time at_present at_present at_rest at_that_place at_the_same_time at_times at_will
    at_work at_worst at_sea before_long better_off but_then by_hand by_the_way by_this close_to
    dead_ahead depending_on each_year each_week each_other early_on even_so every_night every_week
    every_year ever_so first_class first_of_all for_anything for_certain for_each_one for_example
    for_free for_instance for_one for_sale for_sure for_the_first_time for_the_moment good_and
    good_enough good_for_you hardly_a high_up higher_up how_much how_many if_not in_a_way
    in_advance in_all in_any_case in_bed in_case in_common in_detail in_fact in_for in_front
    in_full in_general in_hand in_life in_line in_love in_on in_one_case in_order in_other_words
    in_part in_particular in_passing in_person in_place in_private in_public in_short in_sight
    in_some_way in_store in_style in_that in_the_beginning in_the_end in_the_first_place
    in_the_lead in_the_middle in_the_south in_the_way in_this in_time in_turn in_use in_writing
    just_about just_as just_in_time just_now just_right just_so just_then kind_of later_on
    left_over long_ago many_a more_than more_or_less more_and_more most_especially much_as
    never_again next_door no_doubt no_end no_longer no_matter no_more not_bad not_guilty
    not_surprised now_now of_age of_course of_import of_late of_necessity on_air on_and_off
    on_board on_earth on_fire on_guard on_hand on_it on_that on_the_side on_the_way on_time
    on_trial once_again once_more one_and_only one_by_one one_time only_if only_too only_when
    or_else or_so other_than out_front out_loud out_of out_of_place out_of_sight out_to over_again
    over_and_over over_here over_there per_year pretty_much proud_of put_on quite_a quite_an
    related_to right_along right_away right_now right_on second_class second_hand shut_up sick_of
    so_far some_other soon_enough sort_of sure_enough that_is that_much the_right_way then_again
    this_evening this_night thus_far times_two to_and_fro to_be_sure to_it to_that to_the_south
    together_with tonight_in too_bad too_large too_much too_soon true_to under_it under_that
    until_now up_and_down up_here up_on up_the_stairs down_the_stairs up_there up_to up_to_now
    upside_down used_to very_fast very_loudly very_much very_softly very_well well_behaved with_it
    with_child cut_up cut_out in_the_air not_to_mention to_order as_follows for_a_while
    at_the_most no_one to_date
    """

  private static let nouns = """
    best_friend big_brother big_sister boy_friend bad_luck bad_person girl_friend good_afternoon
    good_day good_deal good_evening good_guy good_health good_luck good_man good_morning
    good_night good_people good_person good_thing good_time good_will great_deal great_grandfather
    great_grandmother high_school ice_cream last_minute last_name last_night little_brother
    little_sister little_girl little_boy living_room long_time many_times merry_christmas
    middle_name next_day no_one old_age old_boy old_country old_lady old_maid old_man old_person
    old_woman one_another other_half other_side phone_call post_office same_time some_people
    thank_you the_way the_true this_morning wrong_doing wrong_way young_girl young_lady young_man
    young_person young_woman fresh_air first_time first_name front_door police_man police_officer
    police_station right_hand left_hand right_wing left_wing how_do_you_do a_hundred one_thousand
    a_lot one_time right_field second_base first_base dead_body dead_person human_being new_year
    dear_me christmas_eve new_world man_and_wife straight_line black_person white_person white_man
    black_man two_dozen what_for vice_president hard_time ex-wife ex-husband college_girl
    piece_of_paper sheet_of_paper sister-in-law brother-in-law mother-in-law father-in-law
    son-in-law daughter-in-law
    """
}
