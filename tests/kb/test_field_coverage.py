"""The field is there: what five overviews of the therapy name, and what covers each item.

An item is covered by rules (full ids), findings, flags, techniques or sites. Items that are left
out on purpose say why. When a rule is renamed or removed, the item it carried fails here.
"""

import pytest

from nmt_expert.model.knowledge import KnowledgeBase

FACTORS = {
    "too little blood flow in tissue held contracted": """ischemia.tissue.tender_no_spread
        ischemia.tissue.texture ischemia.tissue.quality ischemia.tissue.behaviour
        ischemia.tissue.softens""",
    "tension as its cause": "ischemia.tissue.static_hours ischemia.tissue.stress_breath",
    "injury or lack of use as its cause": "ischemia.tissue.disuse_or_injury limb_clot",
    "long tightness brings ischemia, ischemia brings pain": """ischemia.tissue.short
        links.chain.posture_to_ischemia links.chain.ischemia_to_trigger""",
    "fibromyalgia pain as muscular ischemia": """focus.session.irritable sensitive_system
        central_sensitisation""",
    "an irritable spot in a taut band that refers": """trigger_points.active.active_core
        trigger_points.active.no_band trigger_points.active.referral_matches
        trigger_points.latent.latent_core trigger_points.against.no_spot""",
    "target areas of referred pain; stimulation and stress": """trigger_points.candidates.main_zone
        trigger_points.candidates.spillover_zone trigger_points.active.use
        trigger_points.active.onset""",
    "weakness where the point refers": "trigger_points.active.weak_by_pain",
    "compression by bone, cartilage or soft tissue": """nerve_entrapment.general.map
        nerve_entrapment.general.interface nerve_entrapment.general.tunnel_pressure
        links.chain.muscle_opens_nerve""",
    "numbness, tingling, heat or cold, pain, lost function": """numbness tingling cold_feeling
        nerve_entrapment.general.quality nerve_entrapment.general.one_sign
        nerve_entrapment.general.two_signs""",
    "at the spinal cord and along the nerve": """cord_compression cauda_equina myelopathy
        nerve_entrapment.neck_and_arm.root_cluster_4 nerve_entrapment.back_and_leg.root_tension
        nerve_entrapment.general.tinel""",
    "a cold, numb or dead forearm, wrist or hand": """cold_feeling acute_limb_ischaemia
        competing.head_and_arm.scalene_over_tunnels
        nerve_entrapment.neck_and_arm.outlet_provoked""",
    "the body off its planes by uneven muscle tone": """postural_distortion.linked.short_muscle
        postural_distortion.linked.weak_muscle""",
    "overuse and adaptive shortening behind it": "exp_overuse_sport advice.self_care.exposure",
    "faulty movement and poor form": """biomechanical_dysfunction.movement.fault_seen
        biomechanical_dysfunction.movement.fault_painful
        biomechanical_dysfunction.movement.fault_modified
        biomechanical_dysfunction.movement.dominant_muscle
        biomechanical_dysfunction.movement.against_painless""",
    "poor sequence of muscles, as far as it is seen": "fault_seen hipext_lumbar_shift",
}

LINKS = {
    "posture compresses nerves": "links.chain.posture_to_nerve",
    "posture forms trigger points": "links.chain.posture_to_trigger",
    "posture starves tissue": """links.chain.posture_opens_muscle
        links.chain.posture_to_ischemia""",
    "the painful place is far from the key place": """links.chain.distant_target
        links.chain.front_for_back focus.posture_and_movement.distant_first""",
    "the source is seldom the muscle that hurts": """trigger_points.candidates.main_zone
        trigger_points.candidates.satellite focus.muscles.key_before_satellite""",
    "reflexes keep the eyes level": """postural_distortion.seen.head_tilt_rotation
        postural_distortion.seen.lateral_pelvic_tilt""",
    "trauma and long stress hold muscles contracted": """ischemia.tissue.stress_breath
        always_tense mental_emotional_habits""",
    "muscle, joint and nerve may give one picture": """competing.hip_and_leg.root_over_muscle
        competing.hip_and_leg.minimus_over_root competing.hip_and_leg.gluteal_over_root
        competing.hip_and_leg.soleus_over_heel competing.hip_and_leg.hip_tendon_over_referral
        competing.hip_and_leg.groin_joint_over_muscle competing.hip_and_leg.nerve_over_vastus
        competing.head_and_arm.root_over_wrist competing.head_and_arm.wrist_over_root""",
}

CONDITIONS = {
    "back pain": """trigger_points.candidates.main_zone trigger_points.active.back_vertical
        trigger_points.active.back_horizontal plateau""",
    "low back pain and stiffness on rising": """stiff_on_rising_from_sitting
        biomechanical_dysfunction.movement.rise_stiff postural_distortion.seen.lower_crossed""",
    "pain between the shoulders from rounding": """postural_distortion.seen.rounded_shoulders
        focus.posture_and_movement.front_of_rounded focus.posture_and_movement.back_of_rounded""",
    "neck pain": """postural_distortion.seen.forward_head
        postural_distortion.linked.against_adolescent""",
    "headaches": """competing.head_and_arm.tension_form
        biomechanical_dysfunction.joints_and_tendons.upper_neck
        nerve_entrapment.neck_and_arm.occipital advice.referrals.scalp_nerve_pattern""",
    "migraine": """competing.head_and_arm.migraine_over_muscle migraine_now
        advice.referrals.migraine_features""",
    "shoulder pain": "biomechanical_dysfunction.joints_and_tendons.cuff_pain",
    "rotator cuff injury": """biomechanical_dysfunction.joints_and_tendons.cuff_tear
        cuff_tear_pattern tendon_rupture""",
    "frozen shoulder": """biomechanical_dysfunction.joints_and_tendons.stiff_shoulder
        biomechanical_dysfunction.joints_and_tendons.stiff_shoulder_against
        competing.head_and_arm.stiff_joint_over_muscle share_shoulder_joint""",
    "hip pain": """biomechanical_dysfunction.joints_and_tendons.hip_joint
        biomechanical_dysfunction.joints_and_tendons.gluteal_tendon
        nerve_entrapment.back_and_leg.outer_thigh_test""",
    "pelvic pain": """biomechanical_dysfunction.joints_and_tendons.sacroiliac_three
        biomechanical_dysfunction.joints_and_tendons.sacroiliac_none
        obturator_internus_pelvic_floor""",
    "sciatica": """nerve_entrapment.back_and_leg.root_tension
        nerve_entrapment.back_and_leg.root_history nerve_entrapment.back_and_leg.gluteal_tests
        gluteus_minimus""",
    "plexus compression that mimics the wrist tunnel": """
        nerve_entrapment.neck_and_arm.outlet_scalene
        nerve_entrapment.neck_and_arm.outlet_pec_minor
        nerve_entrapment.neck_and_arm.outlet_costoclavicular""",
    "thoracic outlet syndrome": """nerve_entrapment.neck_and_arm.outlet_provoked
        nerve_entrapment.neck_and_arm.outlet_against""",
    "carpal tunnel syndrome": """nerve_entrapment.neck_and_arm.wrist_map
        nerve_entrapment.neck_and_arm.wrist_cluster_5
        nerve_entrapment.neck_and_arm.wrist_provoked
        nerve_entrapment.neck_and_arm.wrist_against_map""",
    "numb limbs and bulging discs": """nerve_entrapment.neck_and_arm.root_cluster_3
        nerve_entrapment.back_and_leg.l5_level nerve_loss_tested""",
    "wear of joints at hip, knee and thumb": """
        biomechanical_dysfunction.joints_and_tendons.joint_wear
        biomechanical_dysfunction.joints_and_tendons.thumb_base share_hip_joint joint_stiff_long""",
    "fibromyalgia, the musculoskeletal part": """trigger_points.against.widespread
        widespread_tenderness central_sensitisation sensitive_system""",
    "fatigue and loss of energy": """unidentified_disease sleep hormonal_thyroid_low
        nutrition_iron""",
    "dizziness and vertigo": """central_vertigo trigger_points.candidates.dizzy_cleared
        advice.referrals.not_cleared_dizziness""",
    "inflammation": """ischemia.against.inflamed acute_inflammation_site inflammatory_disease
        advice.referrals.heat_leg""",
    "tendonitis": """biomechanical_dysfunction.joints_and_tendons.tendon_load
        biomechanical_dysfunction.joints_and_tendons.outer_elbow
        biomechanical_dysfunction.joints_and_tendons.plantar_fascia tendon_achilles""",
    "bunions, for comfort": "postural_distortion.seen.hallux_valgus cue_big_toe_drift footwear",
    "hammer toes, for comfort": "postural_distortion.seen.hammer_toes cue_toes_bent footwear",
    "compartment syndrome, as a referral": """acute_compartment exertional_compartment
        rhabdo_compartment_trauma flow_or_pressure_pattern ischemia.against.fixed_dose""",
    "whiplash": "whiplash_grade advice.visits.whiplash advice.referrals.whiplash_with_signs",
    "scoliosis": """postural_distortion.seen.scoliosis advice.referrals.hump_while_growing
        skeletal_asymmetry_growing""",
    "sprain and strain": "limb_fracture_or_dislocation acute_injury_3_days overload_event onset",
    "muscle trauma after an accident": """trigger_points.active.onset neck_fracture
        ischemia.tissue.disuse_or_injury""",
    "strain from overuse": "exp_overuse_sport repetitive_work training_load",
    "chronic pain and stress": "mental_emotional_habits low_mood advice.visits.plateau",
}

POSTURES = {
    "head forward": "postural_distortion.seen.forward_head forward_head",
    "tilted shoulders": """postural_distortion.seen.elevated_shoulder
        postural_distortion.seen.depressed_shoulder""",
    "tilted hips": """postural_distortion.seen.lateral_pelvic_tilt
        postural_distortion.seen.pelvic_rotation""",
    "rounded upper back": "postural_distortion.seen.thoracic_kyphosis curve_flattens_lying",
    "too much hollow": """postural_distortion.seen.lumbar_hyperlordosis
        postural_distortion.seen.anterior_pelvic_tilt postural_distortion.seen.military_lordotic""",
    "too little curve": """postural_distortion.seen.flat_back
        postural_distortion.seen.posterior_pelvic_tilt postural_distortion.seen.sway_back""",
    "sideways curve": "postural_distortion.seen.scoliosis adam_hump",
    "rounded shoulders": """postural_distortion.seen.rounded_shoulders
        postural_distortion.seen.upper_crossed""",
    "the front list: pectorals, coracobrachialis, diaphragm, iliopsoas, neck front": """
        pectoralis_major pectoralis_minor coracobrachialis diaphragm iliopsoas scalenes
        sternocleidomastoid links.chain.front_for_back""",
    "slouching": "exp_slouch habit_slouching",
}

HABITS = {
    "sitting": "exp_sit hours_static_posture",
    "typing": "exp_mouse_type exp_screen workstation",
    "carrying": "exp_carry",
    "reaching": "exp_reach exp_overhead",
    "driving": "exp_drive exp_wallet_sit",
    "telephone on one ear": "exp_phone_shoulder habit_phone_on_ear",
    "moving the head to see": "exp_lens_chin_lift habit_head_to_see hearing_one_side",
    "skeletal asymmetry, leg length": """postural_distortion.seen.functional_leg_length
        postural_distortion.seen.structural_leg_length skeletal_asymmetry confirm_leg_length""",
    "mental and emotional habits": "mental_emotional_habits low_mood social_or_work_strain",
    "hormones": """hormonal_thyroid_low hormonal_thyroid_high hormonal_menopause
        hormonal_steroid_bone blood_sugar""",
    "nutrition": "nutrition_general nutrition_iron nutrition_vitamin_d nutrition_b12",
    "a disease not found yet": "unidentified_disease unidentified_disease_plateau",
    "stimulants": "stimulant_caffeine stimulant_tobacco",
    "depressants": "depressant_alcohol",
    "prescribed medicines": """medicine_general medicine_statin medicine_hormone_blocker
        painkiller_overuse""",
    "way of life": "sleep inactivity hydration",
    "factors that stop a complaint from resolving": "plateau advice.visits.plateau",
    "consultation with a professional of that field": "advice.referrals.structural_leg_length",
}

TECHNIQUES = {
    "loosening of chosen tight tissue": """gliding stripping myofascial_release
        focus.muscles.ischemia""",
    "deactivating points with varying pressure": """trigger_point_compression
        focus.muscles.active_trigger focus.muscles.latent_trigger""",
    "gentle stretch after release": "self_stretch advice.self_care.self_stretch",
    "relief and movement may come at once": "advice.visits.reassess",
    "movement during the stroke": "pin_and_move focus.muscles.pin_and_move",
    "layer by layer": "deep_layers",
    "retraining of posture and movement": "movement_retraining focus.posture_and_movement.movement",
    "other modalities": "warmth_or_cold cross_fibre_friction skin_rolling",
    "positional release": "positional_release focus.nerve_and_joint.nerve_interface",
    "contract and stretch": "pnf_stretch muscle_energy reciprocal_inhibition",
    "assisted stretching and the licence for it": """assisted_stretch stretching_scope
        advice.visits.stretch_scope""",
    "palpation without injury": "taut_band dense_ropy_tissue endangerment",
    "connective tissue": "myofascial_release skin_rolling",
    "breathing": "diaphragm_release breathing_retraining focus.session.breathing_practice",
    "daily movement habits": "education advice.self_care.exposure",
    "the workplace": "ergonomic_advice workstation focus.session.set_up",
    "rehabilitation and prevention": "advice.self_care.strengthen advice.self_care.self_stretch",
    "muscles kept relaxed and long, unless already long": """self_stretch
        focus.posture_and_movement.do_not_lengthen""",
}

PROCESS = {
    "consultation and medical intake first": "saddle_numbness chest_pressure cancer_history",
    "posture observed before treatment": "cue_ear_forward cue_crest_high cue_arch_low",
    "range of motion": "neck_rotation_toward flexion_rotation hip_adduction_passive jaw_opening_mm",
    "muscle tests": "muscle_length muscle_strength contraction_short_painful",
    "which muscles move the frame": "postural_distortion.linked.short_muscle",
    "the area narrowed down by assessment": """trigger_points.candidates.main_zone
        ischemia.candidates.exposure nerve_entrapment.general.interface_opens""",
    "several areas tried before the point is found": "trigger_points.candidates.spillover_zone",
    "front worked as well as the painful back": "focus.posture_and_movement.front_of_rounded",
    "muscles that drive the distortion": "focus.posture_and_movement.distant_first",
    "a strategy for this client": """focus.muscles.active_trigger focus.muscles.guarded
        focus.session.irritable""",
    "work on the area of discomfort": "focus.muscles.active_trigger focus.muscles.ischemia",
    "symptoms ease before posture does": "symptoms_settled advice.visits.less_often",
    "the client takes part": "education self_stretch",
    "limits: what lies outside soft tissue": """nerve_loss_tested structure_to_confirm
        unexplained_complaint share_hip_joint""",
}

LEFT_OUT = {
    "order in which muscles fire": "the same in people with and without pain",
    "posture wears joints early": "not shown; joints have findings of their own",
    "disc degeneration as a conclusion": "an image finding; only its clinical picture is used",
    "wear of the shoulder joint as a conclusion": "stiffness leads to a physician instead",
    "hair tissue mineral analysis": "unreliable",
    "a branded nutrition coaching programme": "no independent evidence; a dietitian instead",
    "relief of what is usually operated on": "a claim, not a finding",
    "muscle tension as the cause of fatigue": "other causes are asked for",
    "high effectiveness": "at most it may ease for a short time, and the doses say so",
    "how it differs from relaxation massage": "words for clients; nothing follows from it",
    "the professions that use it": "the practice knows its own licence",
    "schools differ": "a remark on history; nothing follows from it",
}

FIELD = {**FACTORS, **LINKS, **CONDITIONS, **POSTURES, **HABITS, **TECHNIQUES, **PROCESS}


@pytest.mark.parametrize("item", FIELD)
def test_each_item_of_the_field_is_covered(item: str, kb: KnowledgeBase) -> None:
    known = {*kb.rules, *kb.findings, *kb.flags, *kb.techniques, *kb.sites}
    assert [name for name in FIELD[item].split() if name not in known] == []


def test_each_item_left_out_says_why() -> None:
    assert all(LEFT_OUT.values())
    assert LEFT_OUT.keys().isdisjoint(FIELD)
